package tables

import (
	"fmt"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"github.com/binnacle-dev/binnacle/backend/pane"
)

// keeping is a sink that keeps the cells.
type keeping [][]string

func (k *keeping) put(_ []pane.Definition, records []pane.Record) {
	for _, r := range records {
		*k = append(*k, append([]string{}, r.Cells...))
	}
}

func (k *keeping) remove([]string) {}

// A cell is what its row says, whether the row before says the same or not, and wherever the body is cut.
func TestCellsThatComeAgain(t *testing.T) {
	cells := []string{`\u003cnone\u003e`, `\u003cnone\u003e`, ``, ``, `x`, `x`, `<none>`, `\u003cnone\u003e`, `y`, `x`}
	shown := strings.NewReplacer(`\u003c`, "<", `\u003e`, ">")
	var body strings.Builder
	var want keeping
	body.WriteString(`{"columnDefinitions":[{"name":"A","type":"string"},{"name":"B","type":"string"}],"rows":[`)
	for i, cell := range cells {
		if i > 0 {
			body.WriteByte(',')
		}
		fmt.Fprintf(&body, `{"cells":["%s","%d"],"object":{"metadata":{"name":"n%d"}}}`, cell, i/3, i)
		want = append(want, []string{shown.Replace(cell), fmt.Sprint(i / 3)})
	}
	body.WriteString(`]}`)
	for _, first := range []int{1, 16, 100, listFirst} {
		var got keeping
		if _, err := newDecoder(iotest.HalfReader(strings.NewReader(body.String())), first, &got).list(); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("beginning with %d bytes (-want +got):\n%s", first, diff)
		}
	}
}
