package oidc

import (
	"bytes"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// onlyConnector is the one that Dex went straight on to.
func onlyConnector(auth *url.URL, location string) []Connector {
	id := connectorID(auth, location)
	if id == "" {
		return nil
	}
	return []Connector{{ID: id, Name: shown(id, 100)}}
}

// connectors reads Dex's page of choices: one link to auth/{id} for each, with its name in it and its kind in the class of an icon.
func connectors(auth *url.URL, page []byte) []Connector {
	var found []Connector
	var open *Connector // whose link we are in
	var text []string
	end := func() {
		if open != nil && !slices.ContainsFunc(found, func(c Connector) bool { return c.ID == open.ID }) && len(found) < maxConnectors {
			open.Name = linkName(text, open.ID)
			found = append(found, *open)
		}
		open, text = nil, nil
	}
	for z := html.NewTokenizer(bytes.NewReader(page)); ; {
		switch z.Next() {
		case html.ErrorToken: // the page's end, too
			end()
			return found
		case html.StartTagToken:
			t := z.Token()
			if t.Data == "a" {
				end()
				if id := connectorID(auth, attr(t, "href")); id != "" {
					open = &Connector{ID: id}
				}
			} else if open != nil && open.Kind == "" {
				open.Kind = iconKind(attr(t, "class"))
			}
		case html.TextToken:
			if open != nil && len(text) < 20 {
				text = append(text, string(z.Text()))
			}
		case html.EndTagToken:
			if tag, _ := z.TagName(); string(tag) == "a" {
				end()
			}
		default: // comments and the like show nothing
		}
	}
}

// connectorID is the id in a link of Dex's to one of its connectors, "" for any other link.
func connectorID(auth *url.URL, href string) string {
	u, err := auth.Parse(href)
	if err != nil || u.Scheme != auth.Scheme || u.Host != auth.Host || u.User != nil {
		return ""
	}
	rest, ok := strings.CutPrefix(u.EscapedPath(), auth.EscapedPath()+"/")
	if !ok {
		return ""
	}
	rest = strings.TrimSuffix(rest, "/login") // a password connector's own page
	id, err := url.PathUnescape(rest)
	if err != nil || strings.Contains(rest, "/") || len(id) > 128 || shown(id, 128) != id {
		return "" // an id that can't be shown as it is could pass for another
	}
	return id
}

// linkName is a link's text without the words that Dex puts before each name.
func linkName(text []string, id string) string {
	name := strings.Join(strings.Fields(strings.Join(text, " ")), " ")
	name = strings.TrimPrefix(name, "Log in with ")
	if name == "" {
		name = id
	}
	return shown(name, 100)
}

// iconKind is the kind in the class that Dex gives to an icon, in its themes of today and of old.
func iconKind(class string) string {
	for c := range strings.FieldsSeq(class) {
		for _, prefix := range []string{"dex-btn-icon--", "btn-icon-"} {
			if kind, ok := strings.CutPrefix(c, prefix); ok {
				return shown(kind, 40)
			}
		}
	}
	return ""
}

func attr(t html.Token, name string) string {
	for _, a := range t.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}
