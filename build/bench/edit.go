package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/binnacle-dev/binnacle/backend/bridge"
	"github.com/binnacle-dev/binnacle/backend/viewsync"
	"github.com/binnacle-dev/binnacle/build/rig/controlplane"
)

// edits times one program's edit until another one's page is told of it, where the view may be watched and where it may
// only be asked for, as with the admin kit. The worse of both is the figure.
func edits(ctx context.Context, l *lab) ([]figure, error) {
	cluster, err := l.cluster(ctx)
	if err != nil {
		return nil, err
	}
	if err := cluster.AllowSecrets(ctx, namespace, "watcher", viewsync.SecretName("watcher")); err != nil {
		return nil, err
	}
	watched, err := l.between(ctx, cluster, "watcher")
	if err != nil {
		return nil, fmt.Errorf("with a watch: %w", err)
	}
	polled, err := l.between(ctx, cluster, "poller")
	if err != nil {
		return nil, fmt.Errorf("without a watch: %w", err)
	}
	return []figure{
		within(2, "edit_seen_seconds", max(watched.median(), polled.median()), "s", "the worse of the next two"),
		explains("edit_seen_watching_seconds", watched.median(), "s", watched.String()+"; the user may watch the Secret"),
		explains("edit_seen_polling_seconds", polled.median(), "s", polled.String()+"; only get, as the admin kit gives it"),
	}, nil
}

// between lets one user's two machines edit in turn.
func (l *lab) between(ctx context.Context, cluster *controlplane.Cluster, user string) (samples, error) {
	file, err := cluster.Kubeconfig(controlplane.User{Name: user})
	if err != nil {
		return nil, err
	}
	others, err := crowd(cluster, 2)
	if err != nil {
		return nil, err
	}
	here, err1 := l.fresh()
	there, err2 := l.fresh()
	if err := errors.Join(err1, err2); err != nil {
		return nil, err
	}
	a := here.start(ctx)
	defer a.Close()
	if err := a.begin(ctx, file, bridge.ModeOpen, others); err != nil {
		return nil, err
	}
	b := there.start(ctx)
	defer b.Close()
	if err := errors.Join(b.logIn(ctx, file), b.synced(ctx)); err != nil {
		return nil, err
	}
	return repeatedly(ctx, a, b)
}

// repeatedly renames a cluster at one side and waits for the name at the other.
func repeatedly(ctx context.Context, a, b *program) (samples, error) {
	var s samples
	for n := range 10 {
		id := a.Fleet().Members[1].ID
		name := fmt.Sprintf("renamed %d times", n+1)
		// An edit right after the last one was seen would always meet a poll at the same point.
		pause := time.NewTimer(time.Duration(rand.Int64N(int64(2 * time.Second))))
		select {
		case <-pause.C:
		case <-ctx.Done():
			pause.Stop()
			return nil, ctx.Err()
		}
		began := time.Now()
		if err := a.EditMember(bridge.MemberEdit{ID: id, Name: &name}); err != nil {
			return nil, err
		}
		err := b.until(ctx, "the other machine's edit", func() bool {
			for _, m := range b.Fleet().Members {
				if m.ID == id && m.Name == name {
					return true
				}
			}
			return false
		})
		if err != nil {
			return nil, err
		}
		if n > 0 { // the first one meets a watch that is just being opened
			s = append(s, time.Since(began).Seconds())
		}
	}
	return s, nil
}
