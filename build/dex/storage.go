package main

import (
	"context"
	"sync"

	"github.com/dexidp/dex/storage"
)

// unnested is a storage whose refresh tokens change outside the database's transaction: Dex asks the storage again while it changes one, and
// SQLite's has a single connection, which the transaction holds.
type unnested struct {
	storage.Storage

	mu *sync.Mutex // what the transaction is for
}

func (u unnested) UpdateRefreshToken(ctx context.Context, id string, updater func(storage.RefreshToken) (storage.RefreshToken, error)) error {
	u.mu.Lock()
	defer u.mu.Unlock()
	old, err := u.GetRefresh(ctx, id)
	if err != nil {
		return err
	}
	next, err := updater(old)
	if err != nil {
		return err
	}
	return u.Storage.UpdateRefreshToken(ctx, id, func(storage.RefreshToken) (storage.RefreshToken, error) { return next, nil })
}
