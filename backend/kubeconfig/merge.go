package kubeconfig

import (
	"fmt"
	"slices"
	"strings"
)

// Merge joins files as kubectl joins the paths in KUBECONFIG: of each name the first file's entry counts, the first current-context too,
// and a context may name a cluster or user of another file. What is left out is noted. Nil files are passed over.
func Merge(files ...*File) *File {
	files = slices.DeleteFunc(slices.Clone(files), func(f *File) bool { return f == nil || f.doc == nil })
	if len(files) == 1 {
		return files[0]
	}
	m := &document{}
	var sources []string
	for _, f := range files {
		sources = append(sources, f.doc.source)
		m.now = f.doc.now
		if m.current == "" {
			m.current, m.currentLine = f.doc.current, f.doc.currentLine
		}
		for _, n := range f.doc.notes {
			m.note("%s: %s", f.Source, n)
		}
	}
	m.source = strings.Join(sources, ", ")
	m.clusters = firstOf(m, files, func(d *document) []*cluster { return d.clusters })
	m.users = firstOf(m, files, func(d *document) []*user { return d.users })
	m.contexts = firstOf(m, files, func(d *document) []*contextEntry { return d.contexts })
	return m.file()
}

// firstOf keeps all entries of a name from the first file that has one: two in one file are that file's own trouble.
func firstOf[T named](m *document, files []*File, list func(*document) []T) []T {
	type claim struct {
		file  int
		entry *entry
	}
	var kept []T
	claims := map[string]claim{}
	for i, f := range files {
		for _, item := range list(f.doc) {
			e := item.base()
			first, taken := claims[e.name]
			if !taken {
				first = claim{i, e}
				claims[e.name] = first
			}
			if first.file == i {
				kept = append(kept, item)
				continue
			}
			m.note("%s: line %d: %s is left out: %s", f.Source, e.line, e.what, clash(e, first.entry))
		}
	}
	return kept
}

func clash(e, first *entry) string {
	if e.sum.Equal(first.sum) {
		return fmt.Sprintf("%s has the same in line %d", sourceName(first.source), first.line)
	}
	return fmt.Sprintf("%s has another of that name in line %d, and the first counts", sourceName(first.source), first.line)
}
