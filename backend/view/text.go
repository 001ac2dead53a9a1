package view

import (
	"fmt"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"
)

// unseen says whether r shows nothing or changes how its neighbours show: control, bidirectional, zero-width and other
// invisible characters, line separators, private use. With them one name can be made to look like another.
func unseen(r rune) bool {
	return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Cs, unicode.Zl, unicode.Zp,
		unicode.Other_Default_Ignorable_Code_Point)
}

// visible puts U+FFFD where a character would not be seen.
func visible(s string) string {
	if utf8.ValidString(s) && strings.IndexFunc(s, unseen) < 0 {
		return s
	}
	return strings.Map(func(r rune) rune {
		if unseen(r) {
			return utf8.RuneError
		}
		return r
	}, strings.ToValidUTF8(s, string(utf8.RuneError)))
}

func tooLong(limit int) string { return fmt.Sprintf("must have at most %d characters", limit) }

// enterable answers with what is wrong with a text that a person entered, or "".
func enterable(s string, limit int) string {
	switch {
	case !utf8.ValidString(s) || strings.ContainsFunc(s, unseen):
		return "must not hold control, invisible or direction-changing characters"
	case utf8.RuneCountInString(s) > limit:
		return tooLong(limit)
	}
	return ""
}

// checkServer keeps passwords out: a URL is the one text here that has a place for one, and no API server needs an @.
func checkServer(s string) string {
	if strings.Contains(s, "@") {
		return "must not hold a user name or password"
	}
	return ""
}

// enterableServer is for edits, where the address must be one that can be dialled.
func enterableServer(s string) string {
	if p := enterable(s, maxLine); p != "" {
		return p
	}
	if p := checkServer(s); p != "" {
		return p
	}
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Hostname() == "" || u.RawQuery != "" || u.Fragment != "" {
		return "must be an address such as https://host:6443"
	}
	return ""
}
