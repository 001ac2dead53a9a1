package object

import (
	"strings"
	"time"
	"unicode"

	"github.com/binnacle-dev/binnacle/backend/pane"
	"github.com/binnacle-dev/binnacle/backend/plain"
)

const someFacts = 24 // of a kind that isn't known by name

// otherFacts are the plain values of status and then of spec: what the author of a kind usually prints.
func otherFacts(f *facts, o object) {
	word, tone := status(o)
	f.toned("Status", word, tone)
	for _, part := range []string{"status", "spec"} {
		scalars(f, o.in(part), "")
	}
	if o.in("status") == nil && o.in("spec") == nil { // roles, storage classes and the like keep all at the top
		top := tree{}
		for key, v := range o.tree {
			if key != "apiVersion" && key != "kind" && key != "metadata" {
				top[key] = v
			}
		}
		scalars(f, top, "")
	}
}

// scalars adds scalar fields, lists of them, and those one level down.
func scalars(f *facts, t tree, prefix string) {
	for _, key := range t.keys() {
		if len(*f) >= someFacts {
			return
		}
		if secretive(key) {
			continue
		}
		title := strings.TrimSpace(prefix + " " + spoken(key))
		switch v := t[key].(type) {
		case []any:
			f.add(title, strings.Join(t.texts(key), ", "))
		case map[string]any:
			if prefix == "" {
				scalars(f, v, title)
			}
		default:
			if at := t.moment(key); !at.IsZero() {
				f.at(title, at.In(time.UTC))
				continue
			}
			f.toned(title, t.text(key), saidTone(key, t.text(key)))
		}
	}
}

// secretive is a field that by its name holds a secret; some kinds take them inline. It can be read in the YAML.
func secretive(key string) bool {
	key = strings.ToLower(key)
	for _, part := range []string{"password", "passwd", "passphrase", "token", "secretkey", "accesskey", "privatekey", "apikey"} {
		if strings.Contains(key, part) {
			return true
		}
	}
	return false
}

func saidTone(key, value string) Tone {
	switch key {
	case "phase", "state", "status", "health", "result":
		return pane.ToneOf(value)
	}
	return ToneNone
}

// spoken is a field's name for people: "lastScheduleTime" is "Last schedule time".
func spoken(key string) string {
	var b strings.Builder
	runes := []rune(plain.Line(key, maxName))
	for i, r := range runes {
		many := i+2 == len(runes) && runes[i+1] == 's' // the s of IPs begins no word
		small := i+1 < len(runes) && unicode.IsLower(runes[i+1]) && !many
		switch {
		case i == 0:
			b.WriteRune(unicode.ToUpper(r))
		case unicode.IsUpper(r) && (unicode.IsLower(runes[i-1]) || small):
			b.WriteByte(' ')
			if small {
				r = unicode.ToLower(r)
			}
			b.WriteRune(r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
