package console

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"

	"github.com/binnacle-dev/binnacle/backend/bridge"
	"github.com/binnacle-dev/binnacle/backend/fleet"
	"github.com/binnacle-dev/binnacle/backend/podlogs"
	"github.com/binnacle-dev/binnacle/backend/view"
)

const (
	maxLogs    = 8     // that are open at once: the page has one, and forgets to close at most some
	maxLogLine = 1_000 // lines in an answer
	maxLogRefs = 100   // objects that are asked for at once
)

// openLog is one log that the page reads.
type openLog struct {
	id   string
	log  *podlogs.Log
	name string // for its file
}

// openLogs are those that the page reads, by id.
type openLogs struct {
	mu   sync.Mutex
	byID map[string]*openLog
	ids  []string // the oldest first
}

// OpenLogs begins to follow the logs of pods or workloads, and answers the log's id.
func (c *Console) OpenLogs(r bridge.LogRequest) (string, error) {
	open, err := c.viewing()
	if err != nil {
		return "", err
	}
	refs, err := c.logRefs(r.Refs)
	if err != nil {
		return "", err
	}
	members := open.keeper.Document().Members
	id := view.NewID()
	log := podlogs.Open(c.lifetime(), podlogs.Options{
		Refs: refs, Container: r.Container, Previous: r.Previous, Tail: r.Tail,
		Requests: clientOf(c, func(client *fleet.Client) podlogs.Requests { return client }),
		Changed:  func() { c.bells.ring(bridge.EventLogs, id, false) },
		Name:     func(member string) string { return members[member].Name },
		Log:      c.Logger(),
	})
	c.endLogs(c.merged.logs.add(&openLog{id: id, log: log, name: r.Refs[0].Name}))
	return id, nil
}

// logRefs are the page's refs with what each member serves of their kinds.
func (c *Console) logRefs(asked []bridge.ObjectRef) ([]podlogs.Ref, error) {
	switch n := len(asked); {
	case n == 0:
		return nil, bridge.Wrap(bridge.CodeInvalid, nil, "Nothing was chosen to read logs of.", "")
	case n > maxLogRefs:
		return nil, bridge.Wrap(bridge.CodeInvalid, nil, fmt.Sprintf("Logs of at most %d objects can be read as one.", maxLogRefs), "Choose fewer.")
	}
	refs := make([]podlogs.Ref, 0, len(asked))
	for _, ref := range asked {
		kind, known := c.merged.kinds.of(ref.Kind)
		if !known {
			return nil, notFound("kind of object")
		}
		refs = append(refs, podlogs.Ref{
			Member: ref.Member, Group: kind.Group, Version: kind.Versions[ref.Member], Resource: kind.Resource,
			Namespace: ref.Namespace, Name: ref.Name, UID: ref.UID,
		})
	}
	return refs, nil
}

// JoinLogs adds objects to an open log: their lines come between those that are there.
func (c *Console) JoinLogs(id string, asked []bridge.ObjectRef) error {
	log, err := c.merged.logs.of(id)
	if err != nil {
		return err
	}
	refs, err := c.logRefs(asked)
	if err != nil {
		return err
	}
	log.log.Join(refs...)
	return nil
}

// LeaveLogs takes all of a member out of an open log.
func (c *Console) LeaveLogs(id, member string) error {
	log, err := c.merged.logs.of(id)
	if err != nil {
		return err
	}
	log.log.Leave(member)
	return nil
}

// add keeps a log, and answers those that are too many.
func (l *openLogs) add(log *openLog) []*openLog {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.byID[log.id], l.ids = log, append(l.ids, log.id)
	var out []*openLog
	for len(l.ids) > maxLogs {
		out = append(out, l.byID[l.ids[0]])
		delete(l.byID, l.ids[0])
		l.ids = l.ids[1:]
	}
	return out
}

func (l *openLogs) of(id string) (*openLog, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if log, ok := l.byID[id]; ok {
		return log, nil
	}
	return nil, notFound("log")
}

// take gives up a log, or all of them with id "".
func (l *openLogs) take(id string) []*openLog {
	l.mu.Lock()
	defer l.mu.Unlock()
	var out []*openLog
	var left []string
	for _, one := range l.ids {
		if id == "" || id == one {
			out = append(out, l.byID[one])
			delete(l.byID, one)
		} else {
			left = append(left, one)
		}
	}
	l.ids = left
	return out
}

// CloseLogs ends a log.
func (c *Console) CloseLogs(id string) error {
	c.endLogs(c.merged.logs.take(id))
	return nil
}

// closeAllLogs ends those of a view that is left.
func (c *Console) closeAllLogs() {
	c.endLogs(c.merged.logs.take(""))
}

// endLogs ends logs that were given up. Their doorbells go once nothing can ring them any more.
func (c *Console) endLogs(logs []*openLog) {
	for _, one := range logs {
		one.log.Close()
		c.bells.forget(bridge.EventLogs, one.id)
	}
}

func logQuery(q bridge.LogQuery) podlogs.Query {
	out := podlogs.Query{Search: q.Search, Source: q.Source, After: q.After, From: q.From, Around: q.Around, Limit: min(max(q.Limit, 0), maxLogLine)}
	for _, level := range q.Levels {
		out.Levels = append(out.Levels, podlogs.Level(level))
	}
	return out
}

// Logs is a window of an open log.
func (c *Console) Logs(id string, q bridge.LogQuery) (bridge.LogWindow, error) {
	log, err := c.merged.logs.of(id)
	if err != nil {
		return bridge.LogWindow{}, err
	}
	seq := c.bells.at(bridge.EventLogs, id)
	w := log.log.Window(logQuery(q))
	out := bridge.LogWindow{
		Seq: seq, Total: w.Total, Dropped: w.Dropped, Matched: w.Matched, From: w.From, At: w.At,
		Lines: make([]bridge.LogLine, 0, len(w.Lines)), Sources: make([]bridge.LogSource, 0, len(w.Sources)),
	}
	for _, one := range w.Lines {
		out.Lines = append(out.Lines, bridge.LogLine{
			No: one.No, Time: ms(one.Time), Source: one.Source, Level: bridge.LogLevel(one.Level), Text: one.Text, Cut: one.Cut,
		})
	}
	for _, s := range w.Sources {
		out.Sources = append(out.Sources, bridge.LogSource{
			Key: s.Key, Member: s.Member, Namespace: s.Namespace, Pod: s.Pod, Container: s.Container,
			State: string(s.State), Why: s.Why, Lines: s.Lines,
		})
	}
	return out, nil
}

// DownloadLogs writes the kept lines that match where the person chooses; false when they cancelled.
func (c *Console) DownloadLogs(ctx context.Context, id string, q bridge.LogQuery) (bool, error) {
	log, err := c.merged.logs.of(id)
	if err != nil {
		return false, err
	}
	path, err := c.options.Desktop.SaveFile(ctx, strings.ReplaceAll(log.name, "/", "-")+".log")
	if err != nil || path == "" {
		return false, err
	}
	file, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600) //nolint:gosec // G304: the person chose it just now
	if err == nil {
		err = errors.Join(log.log.Export(file, logQuery(q)), file.Close())
	}
	if err != nil {
		return false, bridge.Wrap(bridge.CodeInvalid, err, fmt.Sprintf("The log can't be written to %s.", path), "Choose another place, or free some space.")
	}
	return true, nil
}
