package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"sync"
	"time"

	"github.com/dexidp/dex/server/connectors"
	"github.com/dexidp/dex/storage"
	"github.com/dexidp/dex/storage/sql"
)

// Config is one Dex. It is Dex' own vocabulary where Dex has a word for it.
type Config struct {
	Issuer     string             `json:"issuer"`
	Listen     string             `json:"listen"`   // host:port of plain HTTP; whoever starts us ends TLS in front
	Database   string             `json:"database"` // a file: sessions and keys outlive the process
	Key        string             `json:"key"`      // opens the control paths; see control
	Life       Life               `json:"life"`
	Clients    []storage.Client   `json:"clients"`
	Passwords  []storage.Password `json:"passwords"` // users of the local connector
	Connectors []Connector        `json:"connectors"`
}

// Life is how long what Dex gives out is good, in seconds. 0 is Dex' default.
type Life struct {
	IDToken int `json:"idToken"` // the access token too
	Refresh int `json:"refresh"` // since the sign-in; 0: for ever
	Device  int `json:"device"`  // a device code that nobody has typed in
}

// Connector is a way to sign in besides the local one.
type Connector struct {
	ID     string          `json:"id"`
	Type   string          `json:"type"`
	Name   string          `json:"name"`
	Config json.RawMessage `json:"config"`
}

func readConfig(file string) (Config, error) {
	var c Config
	b, err := os.ReadFile(file)
	if err != nil {
		return c, err
	}
	if err := json.Unmarshal(b, &c); err != nil {
		return c, fmt.Errorf("read %s: %w", file, err)
	}
	if c.Key == "" {
		return c, errors.New("the control paths need a key")
	}
	return c, nil
}

// open opens the database and lays over it what the configuration fixes.
func (c Config) open(log *slog.Logger) (storage.Storage, error) {
	database, err := (&sql.SQLite3{File: c.Database}).Open(log)
	if err != nil {
		return nil, fmt.Errorf("open the database: %w", err)
	}
	var s storage.Storage = unnested{database, &sync.Mutex{}}
	var ways []storage.Connector
	for _, x := range c.Connectors {
		ways = append(ways, storage.Connector{ID: x.ID, Type: x.Type, Name: x.Name, Config: x.Config})
	}
	if len(c.Passwords) > 0 {
		ways = append(ways, storage.Connector{ID: connectors.LocalConnector, Type: connectors.LocalConnector, Name: "Email"})
		s = storage.WithStaticPasswords(s, c.Passwords, log)
	}
	return storage.WithStaticConnectors(storage.WithStaticClients(s, c.Clients), ways), nil
}

func seconds(n int) time.Duration { return time.Duration(n) * time.Second }
