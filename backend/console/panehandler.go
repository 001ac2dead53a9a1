package console

import (
	"context"
	"net/http"
	"time"

	"github.com/binnacle-dev/binnacle/backend/bridge"
)

// paneHandlers serve the pane. Its commands go this way too: many carry YAML or a filter, and bound methods keep those for good.
func (c *Console) paneHandlers(mux *http.ServeMux) {
	get := func(path string, f func() (any, error)) {
		mux.HandleFunc("GET "+path, answer(c, func(*http.Request) (any, error) { return f() }))
	}
	get("/api/catalog", func() (any, error) { return c.Catalog() })
	get("/api/overview", func() (any, error) { return c.Overview() })
	get("/api/apps", func() (any, error) { return c.Apps() })
	mux.HandleFunc("POST /api/apps/refresh", answer(c, func(*http.Request) (any, error) { return struct{}{}, c.RefreshApps() }))
	post(c, mux, "/api/table", c.Table)
	post(c, mux, "/api/table/facets", c.Facets)
	post(c, mux, "/api/search", c.Search)
	post(c, mux, "/api/filters", func(f bridge.SavedFilter) (any, error) {
		id, err := c.SaveFilter(f)
		return bridge.Named{ID: id}, err
	})
	tell(c, mux, "/api/filters/remove", func(n bridge.Named) error { return c.RemoveFilter(n.ID) })
	tell(c, mux, "/api/favourites", func(f bridge.Favourite) error { return c.SetFavourite(f.Kind, f.On) })
	tell(c, mux, "/api/table/layout", c.SaveTableLayout)
	tell(c, mux, "/api/table/refresh", func(r bridge.TableRefresh) error { return c.RefreshTable(r.Kind, r.Members) })
	c.objectHandlers(mux)
	c.logHandlers(mux)
	tell(c, mux, "/api/guard", c.SetGuard)
	tell(c, mux, "/api/guard/unlock", c.Unlock)
	tell(c, mux, "/api/guard/lock", func(n bridge.Named) error { return c.Lock(n.ID) })
}

func (c *Console) objectHandlers(mux *http.ServeMux) {
	inTime(c, mux, "/api/object", c.Object)
	inTime(c, mux, "/api/object/events", c.ObjectEvents)
	inTime(c, mux, "/api/object/related", c.ObjectRelated)
	inTime(c, mux, "/api/object/text", c.ObjectText)
	inTime(c, mux, "/api/object/schema", c.ObjectSchema)
	inTime(c, mux, "/api/object/preview", c.PreviewEdit)
	inTime(c, mux, "/api/object/save", c.SaveEdit)
	inTime(c, mux, "/api/object/namesakes", c.Namesakes)
	inTime(c, mux, "/api/object/deletion", c.ObjectDeletion)
	inTime(c, mux, "/api/object/change", func(ctx context.Context, change bridge.ObjectChange) (struct{}, error) {
		return struct{}{}, c.ChangeObject(ctx, change)
	})
}

func (c *Console) logHandlers(mux *http.ServeMux) {
	post(c, mux, "/api/logs", func(r bridge.LogRequest) (any, error) {
		id, err := c.OpenLogs(r)
		return bridge.Named{ID: id}, err
	})
	mux.HandleFunc("POST /api/logs/{id}", answer(c, with(func(r *http.Request, q bridge.LogQuery) (any, error) {
		return c.Logs(r.PathValue("id"), q)
	})))
	mux.HandleFunc("POST /api/logs/{id}/download", answer(c, with(func(r *http.Request, q bridge.LogQuery) (any, error) {
		saved, err := c.DownloadLogs(c.lifetime(), r.PathValue("id"), q)
		return bridge.Saved{Saved: saved}, err
	})))
	mux.HandleFunc("POST /api/logs/{id}/join", answer(c, with(func(r *http.Request, j bridge.LogJoin) (any, error) {
		return struct{}{}, c.JoinLogs(r.PathValue("id"), j.Refs)
	})))
	mux.HandleFunc("POST /api/logs/{id}/leave", answer(c, with(func(r *http.Request, l bridge.LogLeave) (any, error) {
		return struct{}{}, c.LeaveLogs(r.PathValue("id"), l.Member)
	})))
	mux.HandleFunc("POST /api/logs/{id}/close", answer(c, func(r *http.Request) (any, error) {
		return struct{}{}, c.CloseLogs(r.PathValue("id"))
	}))
}

// post serves a question that has a body.
func post[Q, A any](c *Console, mux *http.ServeMux, path string, f func(Q) (A, error)) {
	mux.HandleFunc("POST "+path, answer(c, with(func(_ *http.Request, q Q) (any, error) { return f(q) })))
}

// clusterLimit is how long one cluster may take for one thing that the person waits for.
const clusterLimit = 30 * time.Second

// inTime serves what a cluster must be asked for.
func inTime[Q, A any](c *Console, mux *http.ServeMux, path string, f func(context.Context, Q) (A, error)) {
	post(c, mux, path, func(q Q) (A, error) {
		ctx, cancel := context.WithTimeout(c.lifetime(), clusterLimit)
		defer cancel()
		return f(ctx, q)
	})
}

// tell serves a command.
func tell[Q any](c *Console, mux *http.ServeMux, path string, f func(Q) error) {
	post(c, mux, path, func(q Q) (any, error) { return struct{}{}, f(q) })
}
