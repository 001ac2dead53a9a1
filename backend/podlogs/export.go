package podlogs

import (
	"bufio"
	"fmt"
	"io"
	"time"
)

// Export writes all lines that a query matches as text: time, member/pod/container and the line. What was cut is marked.
// The query's From and Limit don't count.
func (l *Log) Export(w io.Writer, q Query) error {
	out := bufio.NewWriterSize(w, 64<<10)
	names := map[*source]string{}
	for _, e := range l.matched(q) {
		name, known := names[e.source]
		if !known {
			name = clean(l.options.Name(e.source.member)) + "/" + e.source.pod + "/" + e.source.container
			names[e.source] = name
		}
		cut := ""
		if e.cut > 0 {
			cut = fmt.Sprintf(" … (%d more bytes)", e.cut)
		}
		if _, err := fmt.Fprintf(out, "%s %s %s%s\n", exportStamp(e.time), name, e.text, cut); err != nil {
			return fmt.Errorf("write the log: %w", err)
		}
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("write the log: %w", err)
	}
	return nil
}

// matched is a copy of what a query matches, so that a slow disk keeps no line from coming in. Texts are shared.
func (l *Log) matched(q Query) []entry {
	f := q.filter()
	l.mu.Lock()
	defer l.mu.Unlock()
	var all []entry
	for _, b := range l.store.blocks {
		for i := range b.lines {
			if f.pass(&b.lines[i]) {
				all = append(all, b.lines[i])
			}
		}
	}
	return all
}

// exportTime has all digits, so that columns align.
const exportTime = "2006-01-02T15:04:05.000000000Z07:00"

func exportStamp(t time.Time) string {
	if t.IsZero() {
		return "-"
	}
	return t.UTC().Format(exportTime)
}
