package tables

import (
	"bytes"
	"encoding/json"
	"io"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/binnacle-dev/binnacle/backend/pane"
)

// decoded is what came out of a body.
type decoded struct {
	Columns  []pane.Definition
	Records  []pane.Record
	Removed  []string
	Version  string
	Next     string
	versions []string
}

func (d *decoded) put(columns []pane.Definition, records []pane.Record) {
	d.Columns = slices.Clone(columns)
	for _, r := range records {
		r.Cells = slices.Clone(r.Cells)
		d.Records = append(d.Records, r)
	}
}

func (d *decoded) remove(ids []string) { d.Removed = append(d.Removed, ids...) }

func fixed() time.Time { return time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC) }

func decodeList(body io.Reader, first int) (decoded, error) {
	var d decoded
	decoder := newDecoder(body, first, &d)
	decoder.now = fixed
	l, err := decoder.list()
	d.Version, d.Next = l.version, l.next
	return d, err
}

func decodeEvents(body io.Reader, first int) (decoded, error) {
	var d decoded
	decoder := newDecoder(body, first, &d)
	decoder.now = fixed
	err := decoder.events(func(version string) { d.versions = append(d.versions, version) })
	return d, err
}

// small gives a body in the smallest pieces.
type small struct{ io.Reader }

func (r small) Read(b []byte) (int, error) { return r.Reader.Read(b[:min(len(b), 1)]) }

// reference does what the decoder should, with the standard library. It is not ok where that can't tell.
func reference(data []byte) (decoded, bool) {
	var t metav1.Table
	if json.Unmarshal(data, &t) != nil || len(t.ColumnDefinitions) == 0 {
		return decoded{}, false
	}
	d := decoded{Version: clean(t.ResourceVersion, maxName), Next: clean(t.Continue, maxValue)}
	for _, c := range t.ColumnDefinitions[:min(len(t.ColumnDefinitions), maxColumns)] {
		d.Columns = append(d.Columns, pane.Definition{
			Name: clean(c.Name, maxName), Type: clean(c.Type, maxName), Format: clean(c.Format, maxName),
			Description: clean(c.Description, maxDescription), Priority: c.Priority,
		})
	}
	for _, row := range t.Rows {
		r, ok := referenceRow(row, d.Columns)
		if !ok {
			return decoded{}, false
		}
		d.Records = append(d.Records, r)
	}
	return d, true
}

func referenceRow(row metav1.TableRow, columns []pane.Definition) (pane.Record, bool) {
	var meta metav1.PartialObjectMetadata
	if row.Object.Raw != nil && json.Unmarshal(row.Object.Raw, &meta) != nil {
		return pane.Record{}, false
	}
	r := pane.Record{
		ID: clean(string(meta.UID), maxName), Namespace: clean(meta.Namespace, maxName), Name: clean(meta.Name, maxName),
		Deleting: !meta.DeletionTimestamp.IsZero(),
	}
	if r.ID == "" {
		r.ID = r.Namespace + "/" + r.Name
	}
	if !meta.CreationTimestamp.IsZero() {
		r.Created = meta.CreationTimestamp.UnixMilli()
	}
	labels := maps.Clone(meta.Labels)
	maps.DeleteFunc(labels, func(k, v string) bool { return !isLabel([]byte(k)) || !isLabel([]byte(v)) })
	r.Labels = pane.MakeLabels(maps.All(labels))
	for i, cell := range row.Cells[:min(len(row.Cells), len(columns))] {
		text := ""
		switch c := cell.(type) {
		case string:
			text = clean(c, maxCell)
		case nil:
		case []any, map[string]any:
			return r, false
		default:
			raw, _ := json.Marshal(c)
			text = string(raw)
		}
		switch {
		case columns[i].Common():
			text = ""
		case columns[i].Time():
			text = pane.TimeCell(text, fixed())
		}
		r.Cells = append(r.Cells, text)
	}
	return r, len(meta.Labels) <= maxLabels
}

// clean is what appendText should do to a text that was read.
func clean(s string, most int) string {
	safe := strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case !unicode.IsPrint(r):
			return unicode.ReplacementChar
		}
		return r
	}, s)
	if len(safe) <= most {
		return safe
	}
	cut := 0
	for i, r := range safe {
		if i+utf8.RuneLen(r) > most {
			break
		}
		cut = i + utf8.RuneLen(r)
	}
	return safe[:cut] + ellipsis
}

// Whatever comes, the decoder comes to an end, in pieces of any size to the same; and what the standard library can read it reads so, too.
func FuzzDecode(f *testing.F) {
	f.Add(podTable(3))
	for _, c := range lists() {
		f.Add([]byte(c.body))
	}
	for _, c := range watches() {
		f.Add([]byte(c.body))
	}
	options := cmp.Options{cmp.AllowUnexported(decoded{}), cmpopts.EquateEmpty()}
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 1<<16 {
			return
		}
		whole, err := decodeList(bytes.NewReader(data), listFirst)
		pieces, again := decodeList(small{bytes.NewReader(data)}, 1)
		if diff := cmp.Diff(whole, pieces, options); diff != "" || (err == nil) != (again == nil) {
			t.Errorf("%v, in small pieces %v (-whole +pieces):\n%s", err, again, diff)
		}
		whole, err = decodeEvents(bytes.NewReader(data), eventFirst)
		pieces, again = decodeEvents(small{bytes.NewReader(data)}, 1)
		if diff := cmp.Diff(whole, pieces, options); diff != "" || (err == nil) != (again == nil) {
			t.Errorf("%v, in small pieces %v (-whole +pieces):\n%s", err, again, diff)
		}
		compare(t, data)
	})
}

// compare has both read the table that the standard library makes of data, packed and spread out.
func compare(t *testing.T, data []byte) {
	t.Helper()
	var table metav1.Table
	if json.Unmarshal(data, &table) != nil {
		return
	}
	packed, err := json.Marshal(table)
	if err != nil {
		return
	}
	want, ok := reference(packed)
	if !ok {
		return
	}
	var spread bytes.Buffer
	if err := json.Indent(&spread, packed, " ", "\t"); err != nil {
		t.Fatal(err)
	}
	for _, body := range [][]byte{packed, spread.Bytes()} {
		got, err := decodeList(bytes.NewReader(body), 64)
		if diff := cmp.Diff(want, got, cmp.AllowUnexported(decoded{}), cmpopts.EquateEmpty()); diff != "" || err != nil {
			t.Errorf("%s: %v (-want +got):\n%s", body, err, diff)
		}
	}
}
