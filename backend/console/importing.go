package console

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/binnacle-dev/binnacle/backend/bridge"
	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
)

// maxFolderFiles bounds what one chosen folder may hold: a home folder chosen by mistake is not read whole.
const maxFolderFiles = 200

// PickFiles asks for kubeconfig files and answers the import's ticket, "" when the person cancelled.
func (c *Console) PickFiles(ctx context.Context) (string, error) {
	if err := c.ready(); err != nil {
		return "", err
	}
	paths, err := c.options.Desktop.PickFiles(ctx)
	if err != nil || len(paths) == 0 {
		return "", err
	}
	return c.importFiles(paths), nil
}

// PickFolder asks for a folder of kubeconfigs.
func (c *Console) PickFolder(ctx context.Context) (string, error) {
	if err := c.ready(); err != nil {
		return "", err
	}
	path, err := c.options.Desktop.PickFolder(ctx)
	if err != nil || path == "" {
		return "", err
	}
	return c.importFiles([]string{path}), nil
}

// ImportDefaults takes what kubectl would: the files that KUBECONFIG names, else ~/.kube/config.
func (c *Console) ImportDefaults() (string, error) {
	if err := c.ready(); err != nil {
		return "", err
	}
	paths := slices.DeleteFunc(filepath.SplitList(os.Getenv("KUBECONFIG")), func(p string) bool { return p == "" })
	if len(paths) == 0 {
		home, err := os.UserHomeDir()
		if err != nil {
			return "", err
		}
		paths = []string{filepath.Join(home, ".kube", "config")}
		if _, err := os.Stat(paths[0]); errors.Is(err, fs.ErrNotExist) {
			return "", bridge.Wrap(bridge.CodeNotFound, err, "There is no kubeconfig in the usual places.", "KUBECONFIG is not set and ~/.kube/config does not exist. Choose a file instead.")
		}
	}
	return c.importFiles(paths), nil
}

// ImportText takes what the person pasted.
func (c *Console) ImportText(text []byte) (string, error) {
	if err := c.ready(); err != nil {
		return "", err
	}
	return c.keepImport([]parsed{parse(text, "pasted text", "")}), nil
}

// Offer brings files from outside (a drop, the command line, the OS's "open with") to the page.
func (c *Console) Offer(paths []string) {
	if len(paths) == 0 || c.ready() != nil {
		return
	}
	c.goes(func(context.Context) {
		ticket := c.importFiles(paths)
		c.mu.Lock()
		c.offered = ticket // the page may not listen yet: it finds it in the session, too
		c.mu.Unlock()
		c.bells.ring(bridge.EventImport, ticket, true)
		c.ringSession()
	})
}

// CancelImport forgets an import; its secrets go with it.
func (c *Console) CancelImport(ticket string) error {
	c.imports.cancel(ticket)
	c.bells.forget(bridge.EventImport, ticket)
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.offered == ticket {
		c.offered = ""
		c.ringSession()
	}
	return nil
}

// parsed is one source, read.
type parsed struct {
	source bridge.Source
	file   *kubeconfig.File // nil when there is a problem
}

// parse never fails: what is wrong with a source is shown beside the others.
func parse(data []byte, name, folder string) parsed {
	p := parsed{source: bridge.Source{Name: name, Folder: folder, Notes: []string{}}}
	file, err := kubeconfig.Parse(data, filepath.Join(folder, name))
	if err != nil {
		p.source.Problem = sentence(err.Error())
		return p
	}
	p.file, p.source.Notes = file, append(p.source.Notes, file.Notes...)
	return p
}

// importFiles reads files, and the files right in folders.
func (c *Console) importFiles(paths []string) string {
	var all []parsed
	for _, path := range paths {
		files, problem := expand(path)
		if problem != "" {
			all = append(all, parsed{source: bridge.Source{Name: filepath.Base(path), Folder: filepath.Dir(path), Problem: problem, Notes: []string{}}})
		}
		for _, f := range files {
			data, err := kubeconfig.ReadFile(f)
			p := parsed{source: bridge.Source{Name: filepath.Base(f), Folder: filepath.Dir(f), Notes: []string{}}}
			if err != nil {
				p.source.Problem = sentence(err.Error())
			} else {
				p = parse(data, filepath.Base(f), filepath.Dir(f))
			}
			all = append(all, p)
		}
	}
	return c.keepImport(all)
}

// expand turns a folder into the plain files right in it; hidden ones and subfolders are left out.
func expand(path string) (files []string, problem string) {
	info, err := os.Stat(path) //nolint:gosec // G703: the person chose the path; that is what an import is
	if err != nil || !info.IsDir() {
		return []string{path}, "" // reading it says what is wrong
	}
	entries, err := os.ReadDir(path)
	if err != nil {
		return nil, "The folder can't be read: " + err.Error() + "."
	}
	for _, e := range entries {
		if e.IsDir() || strings.HasPrefix(e.Name(), ".") {
			continue
		}
		if files = append(files, filepath.Join(path, e.Name())); len(files) == maxFolderFiles {
			return files, "The folder holds many files; only the first 200 were read."
		}
	}
	if len(files) == 0 {
		return nil, "There is no file in this folder."
	}
	return files, ""
}

// keepImport merges what was parsed by KUBECONFIG's rule and answers a ticket for it.
func (c *Console) keepImport(all []parsed) string {
	sources := make([]bridge.Source, 0, len(all))
	var files []*kubeconfig.File
	for _, p := range all {
		sources = append(sources, p.source)
		if p.file != nil {
			files = append(files, p.file)
		}
	}
	var found []kubeconfig.Context
	if len(files) > 0 {
		merged := kubeconfig.Merge(files...)
		found = merged.Contexts
		if len(files) > 1 {
			sources[0].Notes = append(sources[0].Notes, merged.Notes...)
		}
	}
	return c.imports.add(sources, found)
}

// Import is what the page shows of one.
func (c *Console) Import(ticket string) (bridge.Import, error) {
	out := bridge.Import{Seq: c.bells.at(bridge.EventImport, ticket), Ticket: ticket, Candidates: []bridge.Candidate{}}
	document := c.document()
	err := c.imports.with(ticket, func(im *importing) error {
		out.Sources, out.Testing = im.sources, im.testing()
		for n, ctx := range im.found {
			row := candidateRow(n, ctx, im, document)
			row.Given = row.SignIn != "" && c.sessions.shared(row.SignIn, ctx.Endpoint)
			out.Candidates = append(out.Candidates, row)
		}
		return nil
	})
	return out, err
}
