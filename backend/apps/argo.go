package apps

import (
	"context"
	"net/url"
	"strings"

	"github.com/binnacle-dev/binnacle/backend/pane"
)

const argo = "argoproj.io"

type argoSource struct {
	Repository string `json:"repoURL"`
	Chart      string `json:"chart"`
	Target     string `json:"targetRevision"`
}

// argoApp is an Application of Argo CD.
type argoApp struct {
	Metadata meta `json:"metadata"`
	Spec     struct {
		Project     string       `json:"project"`
		Source      argoSource   `json:"source"`
		Sources     []argoSource `json:"sources"`
		Destination struct {
			Server    string `json:"server"`
			Name      string `json:"name"`
			Namespace string `json:"namespace"`
		} `json:"destination"`
	} `json:"spec"`
	Status struct {
		Sync struct {
			Status    string   `json:"status"`
			Revision  string   `json:"revision"`
			Revisions []string `json:"revisions"`
		} `json:"sync"`
		Health struct {
			Status  string `json:"status"`
			Message string `json:"message"`
		} `json:"health"`
		Summary struct {
			Images []string `json:"images"`
		} `json:"summary"`
		Operation struct {
			FinishedAt moment `json:"finishedAt"`
		} `json:"operationState"`
		Conditions []struct {
			Message string `json:"message"`
		} `json:"conditions"`
	} `json:"status"`
}

func readArgo(ctx context.Context, r *reader) found {
	l, served := r.kind(listing{what: "Argo CD applications", key: "applications." + argo, group: argo, resource: "applications"})
	if !served {
		return found{}
	}
	var out found
	out.gaps = []gap{each(ctx, r, l, func(a argoApp) { out.others = append(out.others, a.instance()) })}
	return out
}

func (a argoApp) instance() Instance {
	source, revision := a.Spec.Source, a.Status.Sync.Revision
	if len(a.Spec.Sources) > 0 {
		source = a.Spec.Sources[0]
	}
	if revision == "" && len(a.Status.Sync.Revisions) > 0 {
		revision = a.Status.Sync.Revisions[0]
	}
	images := imageSet{}
	for _, image := range a.Status.Summary.Images {
		images.add(image)
	}
	name, health, sync := clean(a.Metadata.Name), first(a.Status.Health.Status, "Unknown"), first(a.Status.Sync.Status, "Unknown")
	problem := a.Status.Health.Message
	if len(a.Status.Conditions) > 0 {
		problem = first(a.Status.Conditions[0].Message, problem)
	}
	chart := clean(source.Chart)
	if chart == "" {
		chart = repository(source.Repository)
	}
	return Instance{
		source: Argo, title: name, Namespace: clean(a.Metadata.Namespace), Name: name, Chart: chart, Version: shortCommit(revision),
		Revision: clean(source.Target), Status: sync + ", " + health, Tone: worse(argoTone(sync), argoTone(health)),
		Message: sentences(problem, a.destination(), a.project()), Images: images.sorted(), Updated: a.Status.Operation.FinishedAt.Time,
		Ref: a.Metadata.ref("applications." + argo),
	}
}

func (a argoApp) destination() string {
	d := a.Spec.Destination
	where := first(d.Name, repository(d.Server))
	if where == "" {
		return ""
	}
	return strings.TrimSpace("Deploys to "+clean(d.Namespace)) + " of " + where
}

func (a argoApp) project() string {
	if p := clean(a.Spec.Project); p != "" && p != "default" {
		return "Project " + p
	}
	return ""
}

func argoTone(state string) pane.Tone {
	switch state {
	case "Synced", "Healthy":
		return pane.ToneGood
	case "Progressing":
		return pane.ToneBusy
	case "Suspended":
		return pane.ToneNone
	case "Degraded":
		return pane.ToneBad
	}
	return pane.ToneWarning // OutOfSync, Missing, Unknown
}

// repository is an address as it may be shown: without a user, a password or a query.
func repository(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		if strings.ContainsAny(address, "?") || strings.Count(address, "@") > 1 || strings.Contains(address, "://") {
			return ""
		}
		_, bare, user := strings.Cut(address, "@") // git@host:team/app
		if !user {
			bare = address
		}
		return clean(bare)
	}
	u.User, u.RawQuery, u.Fragment = nil, "", ""
	return clean(u.String())
}

// shortCommit is a revision as people write it: of a commit the first characters.
func shortCommit(revision string) string {
	branch, hash, ok := strings.Cut(revision, "@sha1:") // main@sha1:0a1b, as Flux writes it
	if !ok {
		branch, hash = "", revision
	}
	if len(hash) >= 40 && strings.Trim(hash, "0123456789abcdef") == "" {
		hash = hash[:7]
	}
	if branch != "" {
		hash = branch + "@" + hash
	}
	return clean(hash)
}
