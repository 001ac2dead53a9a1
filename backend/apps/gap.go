package apps

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
)

// gap is what of one kind was out of reach. One without anything is none.
type gap struct {
	what, resource string
	err            error
	fallback       bool // not all namespaces were asked at once, for that was refused
	namespaces     int  // that are known
	read           int  // of them
	refused        []string
	closed         int // records that may be listed, and not read
	broken         int // that can't be understood
}

// denied says whether nothing at all was allowed.
func (g gap) denied() bool { return g.fallback && g.read == 0 && g.err == nil }

// words tell of it in sentences without the subject; "" when nothing is missing.
func (g gap) words() string {
	var out []string
	say := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	switch {
	case g.err != nil:
		say("%s", why(g.err))
	case g.denied():
		say("you may not list %s", g.resource)
	case len(g.refused) > 0:
		say("you may not list %s in %s", g.resource, some(g.refused))
	}
	if asked := min(g.namespaces, maxNamespaces); g.fallback && asked < g.namespaces && g.read > 0 {
		say("only the first %d of your %d namespaces were read", asked, g.namespaces)
	}
	if g.closed > 0 {
		say("of %d only name and state are known, for you may not get their %s", g.closed, g.resource)
	}
	if g.broken > 0 {
		say("of %d only name and state are known, for their records can't be read", g.broken)
	}
	if len(out) == 0 {
		return ""
	}
	return g.what + ": " + strings.Join(out, "; ") + "."
}

// some names a few, and counts the others.
func some(names []string) string {
	const few = 3
	if len(names) > few {
		return fmt.Sprintf("%s and %d more namespaces", strings.Join(names[:few], ", "), len(names)-few)
	}
	return strings.Join(names, ", ")
}

// why is an error in words.
func why(err error) string {
	if s, ok := errors.AsType[*apierrors.StatusError](err); ok {
		switch {
		case apierrors.IsUnauthorized(err):
			return "the cluster doesn't know you any more"
		case apierrors.IsTooManyRequests(err):
			return "the cluster has too much to do"
		}
		if said := clean(s.ErrStatus.Message); said != "" {
			return "the cluster says: " + strings.TrimSuffix(said, ".")
		}
		return fmt.Sprintf("the cluster answered with %d", s.ErrStatus.Code)
	}
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		return "the cluster didn't answer in time"
	case errors.Is(err, errTooMany):
		return fmt.Sprintf("there are more than %d; the others aren't shown", maxObjects)
	case errors.Is(err, errUnreadable):
		return errUnreadable.Error()
	}
	return "the connection broke"
}

// reportOf is a member's state and what is missing, of all that was tried.
func reportOf(gaps []gap) (State, []string) {
	var missing []string
	denied, failed, read := 0, 0, 0
	for _, g := range gaps {
		switch {
		case g.denied():
			denied++
		case g.err != nil:
			failed++
		case g.fallback:
			read = max(read, g.read)
		}
		if words := g.words(); words != "" {
			missing = append(missing, words)
		}
	}
	switch {
	case len(gaps) == 0:
		return Read, nil
	case denied == len(gaps):
		return Failed, []string{"You may not list anything there that tells of applications."}
	case failed == len(gaps) && alike(gaps):
		said := why(gaps[0].err)
		return Failed, []string{strings.ToUpper(said[:1]) + said[1:] + "."}
	case denied+failed == len(gaps):
		return Failed, missing
	}
	if read > 0 {
		missing = append(missing, fmt.Sprintf("You may not list all namespaces at once: the %d that you are known to use were looked into.", read))
	}
	return Read, missing
}

// alike says whether all failed for one reason.
func alike(gaps []gap) bool {
	return !slices.ContainsFunc(gaps, func(g gap) bool { return why(g.err) != why(gaps[0].err) })
}
