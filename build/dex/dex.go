package main

import (
	"context"
	"crypto/subtle"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"sync/atomic"
	"time"

	gosundheit "github.com/AppsFlyer/go-sundheit"
	"github.com/dexidp/dex/server"
	"github.com/dexidp/dex/server/signer"
	"github.com/dexidp/dex/server/tokens"
	"github.com/dexidp/dex/storage"
)

// dex is a Dex server that can be exchanged for one with other lifetimes over
// the same storage, as a restart with another configuration would do it.
type dex struct {
	config Config
	store  storage.Storage
	log    *slog.Logger
	now    atomic.Pointer[running]
}

type running struct {
	*server.Server
	end context.CancelFunc
}

func (d *dex) ServeHTTP(w http.ResponseWriter, r *http.Request) { d.now.Load().ServeHTTP(w, r) }

func (d *dex) end() {
	if r := d.now.Load(); r != nil {
		r.end()
	}
}

// renew puts a server with these lifetimes in place of the one that runs. The
// server's life is the context's.
func (d *dex) renew(ctx context.Context, life Life) error {
	ctx, cancel := context.WithCancel(ctx)
	s, err := d.build(ctx, life)
	if err != nil {
		cancel()
		return err
	}
	if old := d.now.Swap(&running{s, cancel}); old != nil {
		old.end()
	}
	return nil
}

func (d *dex) build(ctx context.Context, life Life) (*server.Server, error) {
	now := func() time.Time { return time.Now().UTC() }
	idToken := 24 * time.Hour
	if life.IDToken > 0 {
		idToken = seconds(life.IDToken)
	}
	keys := signer.LocalConfig{KeysRotationPeriod: "6h"}
	sign, err := keys.Open(ctx, d.store, idToken, now, d.log)
	if err != nil {
		return nil, fmt.Errorf("open the signer: %w", err)
	}
	refresh := ""
	if life.Refresh > 0 {
		refresh = seconds(life.Refresh).String()
	}
	policy, err := tokens.NewRefreshTokenPolicy(d.log, false, "", refresh, "")
	if err != nil {
		return nil, fmt.Errorf("set the refresh policy: %w", err)
	}
	return server.NewServer(ctx, server.Config{
		Issuer: d.config.Issuer, Storage: d.store, Signer: sign, Now: now, Logger: d.log,
		IDTokensValidFor: idToken, DeviceRequestsValidFor: seconds(life.Device), RefreshTokenPolicy: policy,
		HealthChecker: gosundheit.New(),
	})
}

// revoke ends the refresh tokens of a user, known by name or e-mail, or of all
// with "". It is what Dex' gRPC API does. It says how many they were.
func (d *dex) revoke(ctx context.Context, user string) (int, error) {
	all, err := d.store.ListRefreshTokens(ctx)
	if err != nil {
		return 0, err
	}
	n := 0
	for _, t := range all {
		if user != "" && !strings.EqualFold(user, t.Claims.Email) && user != t.Claims.Username {
			continue
		}
		forget := func(s storage.OfflineSessions) (storage.OfflineSessions, error) {
			delete(s.Refresh, t.ClientID)
			return s, nil
		}
		if err := d.store.UpdateOfflineSessions(ctx, t.Claims.UserID, t.ConnectorID, forget); err != nil {
			return n, err
		}
		if err := d.store.DeleteRefresh(ctx, t.ID); err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

// control guards a function that is not Dex' own and answers with its result.
func (d *dex) control(do func(*http.Request) (any, error)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if subtle.ConstantTimeCompare([]byte(r.Header.Get("Authorization")), []byte("Bearer "+d.config.Key)) != 1 {
			http.NotFound(w, r)
			return
		}
		answer, err := do(r)
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(answer) // the client may be gone
	})
}
