package view_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/binnacle-dev/binnacle/backend/view"
)

func TestBring(t *testing.T) {
	const (
		brought = "a name=one; @ tables/pods/sort=age tables/nodes/?new=1 filters/f/name=F filters/f/kind=pods filters/f/?n=2 filters/f/filter/?m=3 " +
			`filters/f/filter/?members=["a","gone"] filters/g/name=G filters/g/kind=pods favourites/?pods=true favourites/?a.b=true`
		there = "z name=one; @ tables/pods/desc filters/x/name=G filters/x/kind=pods filters/x/filter/?search=\"mine\" filters/y/name=F filters/y/kind=nodes favourites/?c.d=true"
		after = "z name=one; @ tables/pods/desc tables/nodes/?new=1 filters/x/name=G filters/x/kind=pods filters/x/filter/?search=\"mine\" filters/y/name=F filters/y/kind=nodes " +
			`filters/NEW/name=F filters/NEW/kind=pods filters/NEW/?n=2 filters/NEW/filter/?m=3 filters/NEW/filter/?members=["z","gone"] ` +
			"favourites/?pods=true favourites/?a.b=true favourites/?c.d=true"
	)
	from, to := doc(t, brought), doc(t, there)
	edit := view.Bring(from, map[string]string{"a": "z"})
	got, err := to.Apply(edit)
	if err != nil {
		t.Fatal(err)
	}
	for id, f := range got.Filters { // a fresh id, which nobody can know
		if id != "x" && id != "y" {
			delete(got.Filters, id)
			got.Filters["NEW"] = f
			if id == "f" {
				t.Error("the two views share a filter's id")
			}
		}
	}
	if diff := cmp.Diff(text(t, doc(t, after)), text(t, got)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if again, err := got.Apply(edit); err != nil || !again.Equal(got) {
		t.Errorf("brought twice: %s, %v", text(t, again), err)
	}
	if !from.Equal(doc(t, brought)) || !to.Equal(doc(t, there)) {
		t.Error("it changed what it was given")
	}
	if nothing, err := to.Apply(view.Bring(view.New(view.Owner{}), nil)); err != nil || !nothing.Equal(to) {
		t.Errorf("nothing to bring: %v", err)
	}
}

func TestBringTooMuch(t *testing.T) {
	full := func(prefix string, edit func(kind string) view.Edit) view.Document {
		var edits []view.Edit
		for i := range 150 {
			edits = append(edits, edit(fmt.Sprint(prefix, i)))
		}
		d, err := view.New(view.Owner{}).Apply(edits...)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	for field, edit := range map[string]func(kind string) view.Edit{
		"tables":     func(kind string) view.Edit { return view.SetTable(kind, view.TableLayout{Desc: true}) },
		"filters":    func(kind string) view.Edit { return view.PutFilter(kind, view.SavedFilter{Name: kind, Kind: "pods"}) },
		"favourites": func(kind string) view.Edit { return view.SetFavourite(kind, true) },
	} {
		_, err := full("a", edit).Apply(view.Bring(full("b", edit), nil))
		if f, ok := errors.AsType[*view.FieldError](err); !ok || f.Field != field {
			t.Errorf("300 %s: %v", field, err)
		}
	}
}
