package kubeconfig

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
)

// A file that can't be read at all: the error names the file and, where there is one, the line.
func TestParseRefuses(t *testing.T) {
	good := one(goodServer, goodToken)
	bomb := "a: &a [x,x,x,x,x,x,x,x,x]\n"
	for c := 'b'; c <= 'i'; c++ {
		p := string(c - 1)
		bomb += fmt.Sprintf("%c: &%c [*%s,*%s,*%s,*%s,*%s,*%s,*%s,*%s,*%s]\n", c, c, p, p, p, p, p, p, p, p, p)
	}
	for name, tt := range map[string]struct{ in, want string }{
		"empty":                {"", "is empty"},
		"blank":                {" \n\t\n", "is empty"},
		"comments only":        {"# nothing\n# here\n", "nothing but comments"},
		"null":                 {"null", "holds nothing"},
		"50 MB":                {strings.Repeat("#", 50<<20), "is 50 MiB large"},
		"binary":               {"apiVersion: v1\n\x00\x01\x7fELF", "line 2: holds binary data"},
		"gzip":                 {"\x1f\x8b\x08\x00", "line 1: holds binary data"},
		"not UTF-8":            {"apiVersion: v1\nkind: \xe9", "line 2: holds binary data (byte 0xe9)"},
		"truncated YAML":       {good[:len(good)/2] + "\n- name: \"x", "near line"},
		"truncated JSON":       {`{"apiVersion": "v1",` + "\n" + `"clusters": [{"name": "x"`, "line 2: unexpected end of JSON input"},
		"tab":                  {"apiVersion: v1\nclusters:\n\t- name: x", "near line 3"},
		"list":                 {"- a\n- b", "line 1: is a list or plain text"},
		"plain text":           {"\n\nhello", "line 3: is a list or plain text"},
		"something else":       {"services:\n  web: {}\n", "is no kubeconfig"},
		"apiVersion alone":     {"apiVersion: v1", "is no kubeconfig"},
		"wrong kind":           {"apiVersion: v1\nkind: Pod", `line 2: kind is "Pod"; a kubeconfig has Config`},
		"wrong version":        {"kind: Config\napiVersion: v2", `line 2: apiVersion is "v2"; a kubeconfig has v1`},
		"kind is a map":        {"kind: {}\nclusters: []", "line 1: kind is"},
		"certificate":          {"-----BEGIN CERTIFICATE-----\nMIIB\n", "line 1: is a certificate or key"},
		"duplicate key":        {"kind: Config\nclusters: []\nusers: []\nclusters: []\n", `line 4: the field "clusters" is there already, in line 2`},
		"duplicate deep":       {strings.Replace(good, goodToken, "token: aa\n    token: bb", 1), `line 15: the field "token" is there already, in line 14`},
		"duplicate JSON key":   {"{\"kind\": \"Config\",\n\"users\": [],\n\"users\": []}", `line 3: the field "users" is there already, in line 2`},
		"alias bomb":           {bomb + "clusters: *i\n", "YAML aliases unfold to more"},
		"fat alias":            {"a: &a " + strings.Repeat("x", 100_000) + "\nusers: [" + strings.Repeat("*a,", 100) + "]", "line 1: YAML aliases unfold"},
		"circle":               {"clusters: &a\n- *a\n", "is nested too deeply"},
		"unknown alias":        {"kind: Config\ncurrent-context: *prod\n", "line 2: an alias (*name) stands for nothing"},
		"deep":                 {"kind: Config\nextensions: " + strings.Repeat("[", 100) + strings.Repeat("]", 100), "line 2: is nested too deeply"},
		"very deep":            {strings.Repeat("[", 1<<17), "is nested too deeply"},
		"deep JSON":            {`{"kind": "Config", "extensions": ` + strings.Repeat("[", 5000) + strings.Repeat("]", 5000) + "}", "is nested too deeply"},
		"too many parts":       {"kind: Config\nextensions: [" + strings.Repeat("a,", 300_000) + "]", "has more than 250000 parts"},
		"two documents":        {"kind: Config\n---\nkind: Config\n", "line 3: a second YAML document"},
		"broken second":        {"kind: Config\n---\nkind: 'x\n", "near line"},
		"foreign tag":          {"kind: Config\ncurrent-context: !!binary aGk=", "line 2: has a YAML tag"},
		"clusters is a map":    {"kind: Config\nclusters: {a: b}", "line 2: clusters must be a list"},
		"item is text":         {"kind: Config\nusers:\n- me\n", "line 3: item 1 of users must be a map"},
		"body is text":         {"kind: Config\nusers:\n- name: me\n  user: token\n", `line 4: user "me": user must be a map`},
		"a map is the name":    {"kind: Config\n? {a: b}\n: c", "line 2: a map or list stands where"},
		"bidi in kind":         {"kind: \"\u202egfnoC\"", `kind is "\u202egfnoC"`},
		"error without secret": {"users:\n- {name: a, user: {token: *sesame-open-2}}", "line 2: an alias"},
	} {
		t.Run(name, func(t *testing.T) {
			begin := time.Now()
			f, err := Parse([]byte(tt.in), "/home/me/bad.yaml")
			if err == nil {
				t.Fatalf("was read: %d contexts, notes %q", len(f.Contexts), f.Notes)
			}
			if got := err.Error(); !strings.HasPrefix(got, "/home/me/bad.yaml: ") || !strings.Contains(got, tt.want) || len(got) > 500 {
				t.Errorf("error %q, want the file and %q", got, tt.want)
			}
			if strings.Contains(err.Error(), "sesame") {
				t.Errorf("the error quotes the file: %v", err)
			}
			if took := time.Since(begin); took > 5*time.Second {
				t.Errorf("took %v", took)
			}
		})
	}
}

func TestParseAccepts(t *testing.T) {
	good := one(goodServer, goodToken)
	utf16File := func(order binary.AppendByteOrder, bom string) string {
		b := []byte(bom)
		for _, u := range utf16.Encode([]rune(good)) {
			b = order.AppendUint16(b, u)
		}
		return string(b)
	}
	js := `{"contexts":[{"name":"me@shop","context":{"cluster":"shop","user":"me","namespace":"till"}}],
"clusters":[{"name":"shop","cluster":{"server":"https:\/\/shop.example.com:6443"}}],
"users":[{"name":"me","user":{"token":"opaque-token-of-alice"}}],"current-context":"me@shop"}`
	for name, in := range map[string]string{
		"YAML":                 good,
		"JSON":                 js,
		"JSON with tabs":       strings.ReplaceAll(js, ",", ",\n\t"),
		"JSON in one line":     strings.ReplaceAll(js, "\n", ""),
		"byte order mark":      "\xef\xbb\xbf" + good,
		"UTF-16 little":        utf16File(binary.LittleEndian, "\xff\xfe"),
		"UTF-16 big":           utf16File(binary.BigEndian, "\xfe\xff"),
		"CRLF":                 strings.ReplaceAll(good, "\n", "\r\n"),
		"no kind and version":  strings.Replace(good, "apiVersion: v1\nkind: Config\n", "", 1),
		"document marks":       "---\n" + good + "---\n",
		"alias":                strings.Replace(strings.Replace(good, "- name: shop", "- name: &n shop", 1), "contexts:", "preferences: {}\ncontexts:", 1),
		"merge key":            "x: &x\n  token: opaque-token-of-alice\n" + strings.Replace(good, "\n    "+goodToken, "\n    <<: *x", 1),
		"merge keys":           "x: &x\n  token: opaque-token-of-alice\n" + strings.Replace(good, "\n    "+goodToken, "\n    <<: [*x, {token: no}]", 1),
		"token with newline":   strings.Replace(good, goodToken, "token: |\n      opaque-token-of-alice", 1),
		"explicit string tags": strings.Replace(good, "name: me\n", "name: !!str me\n", 1),
	} {
		t.Run(name, func(t *testing.T) {
			c := only(t, in)
			if c.Problem != "" || !c.Current || c.Auth != AuthToken || c.Namespace != "till" || c.Endpoint.Server != "https://shop.example.com:6443" {
				t.Errorf("got %+v", c)
			}
			want := only(t, good)
			if got := mustCredential(t, c, nil); !got.Kubeconfig().Equal(mustCredential(t, want, nil).Kubeconfig()) {
				t.Errorf("another credential than in plain YAML:\n%s", got.Public())
			}
		})
	}
}

func TestNotes(t *testing.T) {
	f := mustParse(t, `kind: Config
colour: blue
current-context: gone
users:
- name: me
  user: {tokn: x, "token:sesame-open-1": }
  comment: hi
contexts: []
`, "f")
	want := []string{
		`line 2: kubeconfig: the field "colour" is not known and has no effect`,
		`line 7: user "me": the field "comment" is not known and has no effect`,
		`line 6: user "me": the field "tokn" is not known and has no effect`,
		`line 6: user "me": the field (odd name) is not known and has no effect`,
		`there are no contexts, so there is nothing to import`,
		`line 3: current-context names "gone", which is not there`,
	}
	if d := cmp.Diff(want, f.Notes); d != "" {
		t.Errorf("notes (-want +got):\n%s", d)
	}
}

func TestNotesAreBounded(t *testing.T) {
	var b bytes.Buffer
	b.WriteString("kind: Config\n")
	for i := range 1000 {
		fmt.Fprintf(&b, "f%d: x\n", i)
	}
	if f := mustParse(t, b.String(), "f"); len(f.Notes) != maxNotes+2 { // "there is more" and "no contexts"
		t.Errorf("%d notes", len(f.Notes))
	}
}
