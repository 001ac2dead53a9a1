package tables

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
)

// site is a member that can be read over a real, encrypted connection.
type site struct{ server *httptest.Server }

func newSite(b *testing.B, body []byte) *site {
	b.Helper()
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Query().Has("watch") {
			w.(http.Flusher).Flush() //nolint:forcetypeassert // it is one
			<-r.Context().Done()
			return
		}
		_, _ = w.Write(body)
	}))
	server.EnableHTTP2 = true
	server.StartTLS()
	b.Cleanup(server.Close)
	b.Cleanup(server.CloseClientConnections)
	return &site{server}
}

func (s *site) Stream(ctx context.Context, path, _ string) (io.ReadCloser, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, s.server.URL+path, http.NoBody)
	if err != nil {
		return nil, err
	}
	answer, err := s.server.Client().Do(r)
	if err != nil {
		return nil, err
	}
	return answer.Body, nil
}

// 20 members of 5,000 pods: until all rows are in the pane, against reading and discarding the same bodies with the same client.
func BenchmarkWire(b *testing.B) {
	const members, pods = 20, 5000
	body := podTable(pods)
	sites := map[string]*site{}
	var all []Member
	for i := range members {
		id := fmt.Sprint("member-", i)
		sites[id] = newSite(b, body)
		all = append(all, Member{ID: id, Name: id, Connected: true, Serves: serves("v1", true, true)})
	}
	b.Run("discard", func(b *testing.B) {
		b.SetBytes(int64(members * len(body)))
		for b.Loop() {
			var reading sync.WaitGroup
			for _, s := range sites {
				reading.Go(func() {
					answer, err := s.Stream(b.Context(), "/", "")
					if err == nil {
						_, err = io.Copy(io.Discard, answer)
						_ = answer.Close()
					}
					if err != nil {
						b.Error(err)
					}
				})
			}
			reading.Wait()
		}
	})
	b.Run("tables", func(b *testing.B) {
		b.SetBytes(int64(members * len(body)))
		for b.Loop() {
			listAll(b, all, sites, members*pods)
		}
	})
}

func listAll(b *testing.B, all []Member, sites map[string]*site, rows int) {
	b.Helper()
	rung := make(chan struct{}, 1)
	t := New(Options{
		Requests: func(id string) (Requests, error) { return sites[id], nil },
		Changed: func(string) {
			select {
			case rung <- struct{}{}:
			default:
			}
		},
		Timing: Timing{Ring: 1},
	})
	defer t.Close()
	t.SetMembers(all)
	table := t.Open(things())
	for table.Pane().Rows() < rows {
		<-rung
	}
}
