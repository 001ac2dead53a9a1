package tables

import (
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/binnacle-dev/binnacle/backend/pane"
)

const columns = `"columnDefinitions":[{"name":"Name","type":"string","format":"name","description":"the name","priority":0},` +
	`{"name":"Count","type":"integer","priority":1},{"name":"Note","type":"string"},{"name":"Last Seen","type":"string"}]`

func columnsOf() []pane.Definition {
	return []pane.Definition{
		{Name: "Name", Type: "string", Format: "name", Description: "the name"},
		{Name: "Count", Type: "integer", Priority: 1},
		{Name: "Note", Type: "string"},
		{Name: "Last Seen", Type: "string"},
	}
}

type bodyCase struct {
	body string
	want decoded
	err  error
}

func lists() map[string]bodyCase {
	plainRow := `{"cells":["a",3,"x","5m"],"object":{"metadata":{"name":"a","namespace":"n","uid":"u1","creationTimestamp":"2026-11-23T11:00:00Z","labels":{"k":"v","a":"b"}}}}`
	plainRecord := pane.Record{ID: "u1", Namespace: "n", Name: "a", Created: 1795431600000, Labels: "a=b,k=v", Cells: []string{"", "3", "x", "1795434900000"}}
	table := func(rows string) string {
		return `{"kind":"Table","metadata":{"resourceVersion":"7","continue":"next"},` + columns + `,"rows":` + rows + "}"
	}
	one := func(r pane.Record) decoded {
		return decoded{Columns: columnsOf(), Records: []pane.Record{r}, Version: "7", Next: "next"}
	}
	return map[string]bodyCase{
		"a row":          {table("[" + plainRow + "]"), one(plainRecord), nil},
		"other order":    {`{"apiVersion":"x","metadata":{"selfLink":"","resourceVersion":"7","continue":"next"},"odd":[{"rows":[1]}],` + columns + `,"rows":[` + plainRow + `],"kind":"Table"}`, one(plainRecord), nil},
		"escaped keys":   {strings.ReplaceAll(table("["+plainRow+"]"), `"cells"`, `"c\u0065lls"`), one(plainRecord), nil},
		"no rows":        {table("null"), decoded{Columns: columnsOf(), Version: "7", Next: "next"}, nil},
		"no object":      {table(`[{"cells":["a"],"object":null}]`), one(pane.Record{ID: "/", Cells: []string{""}}), nil},
		"too many cells": {table(`[{"cells":["a",1,null,"",5,6]}]`), one(pane.Record{ID: "/", Cells: []string{"", "1", "", ""}}), nil},
		"other cells":    {table(`[{"cells":[null,true,["x",1]]}]`), one(pane.Record{ID: "/", Cells: []string{"", "true", `["x",1]`}}), nil},
		"escape codes, bidi, HTML, half characters": {
			table(`[{"cells":["","\u001b[31m","\u202egpj<b>\n\t\"\\\/\ud83d\ude00\ud83d` + "\xff\u00ad" + `"]}]`),
			one(pane.Record{ID: "/", Cells: []string{"", "\uFFFD[31m", "\uFFFDgpj<b>  \"\\/😀\uFFFD\uFFFD\uFFFD"}}), nil,
		},
		"a long cell": {table(`[{"cells":["","` + strings.Repeat("é", 600) + `"]}]`), one(pane.Record{ID: "/", Cells: []string{"", strings.Repeat("é", 512) + "…"}}), nil},
		"64 KB of annotations, deleting": {
			table(`[{"cells":[],"object":{"metadata":{"annotations":{"a":"` + strings.Repeat(`\"}]`, 16<<10) + `"},"deletionTimestamp":"2026-11-23T11:00:00Z","name":"a"}}}]`),
			one(pane.Record{ID: "/a", Name: "a", Deleting: true, Cells: []string{}}), nil,
		},
		"labels that can't be": {
			table(`[{"object":{"metadata":{"name":"a","labels":{"a":"b=c","b,":"c","ok":"","n":1,"x":null,"` + strings.Repeat("k", 400) + `":"v"}}}}]`),
			one(pane.Record{ID: "/a", Name: "a", Labels: "n=1,ok=,x=", Cells: []string{}}), nil,
		},
		"objects": {
			`{"apiVersion":"v1","items":[{"kind":"X","metadata":{"name":"a","namespace":"n"},"spec":{"metadata":{"name":"b"}}},{"metadata":{"name":"c"}}],"kind":"XList","metadata":{"resourceVersion":"9"}}`,
			decoded{Records: []pane.Record{{ID: "n/a", Namespace: "n", Name: "a", Cells: []string{}}, {ID: "/c", Name: "c", Cells: []string{}}}, Version: "9"},
			nil,
		},
		"broken off": {table("[" + plainRow + "," + plainRow[:50])[:len(table("["+plainRow+","+plainRow[:50]))-1], decoded{Columns: columnsOf(), Records: []pane.Record{plainRecord}, Version: "7", Next: "next"}, errCut},
		"a page":     {"<html>{}</html>", decoded{}, errBroken},
		"nothing":    {"", decoded{}, errCut},
		"no list":    {`{"kind":"Status","status":"Success"}`, decoded{}, errBroken},
		"a number":   {"17", decoded{}, errBroken},
	}
}

func TestList(t *testing.T) {
	for name, c := range lists() {
		t.Run(name, func(t *testing.T) {
			for _, body := range []io.Reader{strings.NewReader(c.body), small{strings.NewReader(c.body)}} {
				got, err := decodeList(body, 16)
				if diff := cmp.Diff(c.want, got, cmp.AllowUnexported(decoded{}), cmpopts.EquateEmpty()); diff != "" || err != c.err { //nolint:errorlint // none is wrapped
					t.Errorf("%v (-want +got):\n%s", err, diff)
				}
			}
		})
	}
}

func watches() map[string]bodyCase {
	event := func(kind, columns, row string) string {
		return `{"type":"` + kind + `","object":{"kind":"Table","metadata":{"resourceVersion":""},"columnDefinitions":` + columns + `,"rows":[` + row + "]}}\n"
	}
	row := func(name, uid, version string) string {
		return `{"cells":["` + name + `",1],"object":{"metadata":{"name":"` + name + `","uid":"` + uid + `","resourceVersion":"` + version + `"}}}`
	}
	definitions := strings.TrimPrefix(columns, `"columnDefinitions":`)
	record := func(name, uid string) pane.Record {
		return pane.Record{ID: uid, Name: name, Cells: []string{"", "1"}}
	}
	return map[string]bodyCase{
		"news": {
			event("ADDED", definitions, row("a", "u1", "5")) + event("MODIFIED", "null", row("b", "u2", "6")) +
				event("DELETED", "null", row("a", "u1", "7")) + event("BOOKMARK", "null", row("", "", "9")),
			decoded{Columns: columnsOf(), Records: []pane.Record{record("a", "u1"), record("b", "u2")}, Removed: []string{"u1"}, versions: []string{"5", "6", "7", "9"}},
			nil,
		},
		"the type comes last": {
			`{"object":{` + columns + `,"rows":[` + row("a", "u1", "5") + `]},"type":"ADDED"}`,
			decoded{Columns: columnsOf(), Records: []pane.Record{record("a", "u1")}, versions: []string{"5"}},
			nil,
		},
		"objects": {
			`{"type":"ADDED","object":{"metadata":{"name":"a","resourceVersion":"3"},"spec":{"rows":1}}}{"type":"DELETED","object":{"metadata":{"name":"a","resourceVersion":"4"}}}`,
			decoded{Records: []pane.Record{{ID: "/a", Name: "a", Cells: []string{}}}, Removed: []string{"/a"}, versions: []string{"3", "4"}},
			nil,
		},
		"cut in an event": {
			event("ADDED", definitions, row("a", "u1", "5")) + event("MODIFIED", "null", row("b", "u2", "6"))[:90],
			decoded{Columns: columnsOf(), Records: []pane.Record{record("a", "u1")}, versions: []string{"5"}},
			errCut,
		},
		"an odd event": {event("SURPRISE", definitions, row("a", "u1", "5")), decoded{}, errBroken},
		"no event":     {`[1,2]`, decoded{}, errBroken},
	}
}

func TestEvents(t *testing.T) {
	for name, c := range watches() {
		t.Run(name, func(t *testing.T) {
			for _, body := range []io.Reader{strings.NewReader(c.body), small{strings.NewReader(c.body)}} {
				got, err := decodeEvents(body, 16)
				if diff := cmp.Diff(c.want, got, cmp.AllowUnexported(decoded{}), cmpopts.EquateEmpty()); diff != "" || err != c.err { //nolint:errorlint // none is wrapped
					t.Errorf("%v (-want +got):\n%s", err, diff)
				}
			}
		})
	}
}

func TestErrorEvent(t *testing.T) {
	_, err := decodeEvents(strings.NewReader(`{"type":"ERROR","object":{"kind":"Status","code":410,"message":"too old\u001b[0m","reason":"Expired","metadata":{}}}`), eventFirst)
	if code(err) != 410 || strings.Contains(err.Error(), "\x1b") {
		t.Errorf("%v", err)
	}
}

// endless is a body without an end.
type endless struct {
	head, again string
}

func (r *endless) Read(b []byte) (int, error) {
	if r.head != "" {
		n := copy(b, r.head)
		r.head = r.head[n:]
		return n, nil
	}
	return copy(b, r.again), nil
}

// A body that never ends is given up, and never held as a whole.
func TestEndless(t *testing.T) {
	for name, body := range map[string]endless{
		"a string":   {`{"kind":"`, strings.Repeat("x", 4<<10)},
		"spaces":     {`{`, strings.Repeat(" ", 4<<10)},
		"one row":    {`{"rows":[{"x":[`, strings.Repeat("1,", 2<<10)},
		"brackets":   {`{"rows":[{"x":`, strings.Repeat("[", 4<<10)},
		"two things": {`{`, strings.Repeat(`"a":1,`, 512)},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDecoder(&body, listFirst, &counting{})
			d.window.left = 32 << 20
			if _, err := d.list(); err != errTooLong || cap(d.window.b) > maxValue { //nolint:errorlint // it isn't wrapped
				t.Errorf("%v, window of %d", err, cap(d.window.b))
			}
		})
	}
}
