package object

import "testing"

// BenchmarkText reads and writes an object of 10,000 lines, as an edit does several times.
func BenchmarkText(b *testing.B) {
	text := "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: big\ndata:\n" + lines(10_000)
	doc, problems := parse(text)
	if len(problems) > 0 {
		b.Fatal(problems)
	}
	b.Run("parse", func(b *testing.B) {
		for b.Loop() {
			parse(text)
		}
	})
	b.Run("write", func(b *testing.B) {
		for b.Loop() {
			if _, err := write(doc.tree); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("merge", func(b *testing.B) {
		for b.Loop() {
			merge(doc.tree, doc.tree, doc.tree)
		}
	})
}
