package object

import (
	"net/http"
	"regexp"
	"strings"

	"github.com/binnacle-dev/binnacle/backend/plain"
)

// problemsOf are the server's objections to an edit, at the lines of the text that they are about. Where it is no
// objection (the server doesn't answer, or doesn't know the person) the error is given back.
func problemsOf(err error, doc document) ([]Problem, error) {
	status, ok := asStatus(err)
	if !ok {
		return nil, err
	}
	switch status.Code {
	case http.StatusBadRequest, http.StatusForbidden, http.StatusMethodNotAllowed, http.StatusRequestEntityTooLarge, http.StatusUnprocessableEntity:
	default:
		return nil, err
	}
	var out []Problem
	if status.Details != nil {
		for _, c := range status.Details.Causes[:min(len(status.Details.Causes), maxList)] {
			if c.Field == "" && len(status.Details.Causes) > 1 {
				continue
			}
			out = append(out, problemAt(doc, c.Field, c.Message))
		}
	}
	for _, found := range strictError.FindAllStringSubmatch(status.Message, maxList) {
		out = append(out, problemAt(doc, found[2], "The cluster doesn't know this field: "+found[1]+" field."))
	}
	if found := typeError.FindStringSubmatch(status.Message); found != nil {
		_, path, _ := strings.Cut(found[2], ".") // it begins with the name of a Go type
		out = append(out, problemAt(doc, path, "This can't be a "+found[1]+"; it must be "+goType(found[3])+"."))
	}
	if len(out) == 0 {
		out = append(out, Problem{Message: "The cluster refuses it: " + first(plain.Line(status.Message, maxText), "it gives no reason") + "."})
	}
	return out, nil
}

var (
	strictError = regexp.MustCompile(`(unknown|duplicate) field "([^"]+)"`)
	typeError   = regexp.MustCompile(`cannot unmarshal (\w+) into Go struct field (\S+) of type ([\w.*\[\]]+)`)
)

func problemAt(doc document, field, message string) Problem {
	return Problem{Line: lineOf(doc.root, field), Path: plain.Line(field, maxName), Message: plain.Line(message, maxText)}
}

// goType is what a server's type means in YAML.
func goType(name string) string {
	switch {
	case strings.HasPrefix(name, "[]"):
		return "a list"
	case strings.HasPrefix(name, "map["), strings.Contains(name, "."):
		return "keys with values"
	case strings.HasPrefix(name, "int"), strings.HasPrefix(name, "uint"), strings.HasPrefix(name, "float"):
		return "a number"
	case name == "bool":
		return "true or false"
	case name == "string":
		return "a text (in quotes, if it looks like something else)"
	}
	return "something else (" + name + ")"
}
