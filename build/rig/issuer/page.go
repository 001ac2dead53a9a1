package issuer

import (
	"fmt"
	"html"
	"net/url"
	"regexp"
	"strings"
)

// person is what somebody in front of the pages knows and wants.
type person struct {
	user User
	code string // of a device
	deny bool
	said bool // that
}

// page is one that the issuer showed.
type page struct {
	at       *url.URL
	status   int
	text     string
	redirect *url.URL // or nil
	back     *url.URL // where the issuer sent the browser back to; nil if it didn't
}

// form is one that is sent by POST.
type form struct {
	action string
	fields url.Values
}

// decide says what the person does on a page; nil: nothing, it is the last.
func (p *person) decide(here *page) (*step, error) {
	if here.redirect != nil {
		return &step{to: here.redirect}, nil
	}
	if p.said {
		return nil, nil //nolint:nilnil // no step is an answer, and documented
	}
	if to := here.connector(p.user.Connector); to != nil {
		return &step{to: to}, nil
	}
	f := p.choose(here.forms())
	if f == nil {
		return nil, nil //nolint:nilnil // no step is an answer, and documented
	}
	if f.fields.Has("password") {
		if p.user.Password == "" {
			return nil, ErrPassword // given already, see below
		}
		name := "login"
		if f.fields.Has("username") {
			name = "username" // as OpenShift has it
		}
		f.fields.Set(name, p.user.Name)
		f.fields.Set("password", p.user.Password)
		p.user.Password = ""
	}
	if f.fields.Has("user_code") && f.fields.Get("user_code") == "" {
		if p.code == "" {
			return nil, fmt.Errorf("the issuer refuses the code: %s", here.words())
		}
		f.fields.Set("user_code", p.code)
		p.code = ""
	}
	if f.fields.Has("confirm") && p.deny { // the npm provider's way to say no to a device
		f.fields.Set("abort", "yes")
		p.said = true
	}
	to, err := here.at.Parse(f.action)
	if err != nil {
		return nil, fmt.Errorf("send a form: %w", err)
	}
	return &step{to: to, form: f.fields}, nil
}

// choose takes the form that says what the person wants to say. Only who is
// signed in says no: the first form of a page to sign in is the one to do it.
func (p *person) choose(forms []form) *form {
	for at, f := range forms {
		switch f.fields.Get("approval") {
		case "":
			return &forms[at]
		case "rejected":
			if p.deny {
				p.said = true
				return &forms[at]
			}
		default:
			if !p.deny {
				return &forms[at]
			}
		}
	}
	return nil
}

var (
	formPattern  = regexp.MustCompile(`(?is)<form\b([^>]*)>(.*?)</form>`)
	inputPattern = regexp.MustCompile(`(?is)<(?:input|button)\b([^>]*)>`)
	linkPattern  = regexp.MustCompile(`(?is)<a\b([^>]*)>`)
	tagPattern   = regexp.MustCompile(`(?is)<(?:style|script|title)\b.*?</(?:style|script|title)>|<[^>]*>`)
	attrPattern  = regexp.MustCompile(`(?is)([a-z_-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))`)
)

// attr is an attribute of a tag; pages this simple need no parser.
func attr(tag, name string) string {
	for _, m := range attrPattern.FindAllStringSubmatch(tag, -1) {
		if strings.EqualFold(m[1], name) {
			return html.UnescapeString(m[2] + m[3] + m[4])
		}
	}
	return ""
}

func (here *page) forms() []form {
	var found []form
	for _, m := range formPattern.FindAllStringSubmatch(here.text, -1) {
		if !strings.EqualFold(attr(m[1], "method"), "post") {
			continue
		}
		f := form{action: attr(m[1], "action"), fields: url.Values{}}
		for _, input := range inputPattern.FindAllStringSubmatch(m[2], -1) {
			if name := attr(input[1], "name"); name != "" {
				f.fields.Set(name, attr(input[1], "value"))
			}
		}
		found = append(found, f)
	}
	return found
}

// connector is the link to a connector on Dex' first page, which it shows when
// there is more than one; nil on any other page.
func (here *page) connector(id string) *url.URL {
	if id == "" {
		return nil
	}
	for _, m := range linkPattern.FindAllStringSubmatch(here.text, -1) {
		to, err := here.at.Parse(attr(m[1], "href"))
		if err == nil && strings.HasSuffix(to.Path, "/auth/"+id) {
			return to
		}
	}
	return nil
}

// words are what a person would read.
func (here *page) words() string { return fmt.Sprintf("%d %s", here.status, plain(here.text)) }

func plain(text string) string {
	words := strings.Join(strings.Fields(html.UnescapeString(tagPattern.ReplaceAllString(text, " "))), " ")
	return words[:min(len(words), 300)]
}
