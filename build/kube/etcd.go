package main

import (
	"context"
	"errors"
	"net/url"
	"os"
	"time"

	"go.etcd.io/etcd/server/v3/embed"
)

// startEtcd starts one member and returns when it is ready. It never fsyncs: its
// data outlive the process, not the machine, which is what a test wants.
func startEtcd(ctx context.Context, dir, client, peer string) (*embed.Etcd, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	clientURL, err := url.Parse(client)
	if err != nil {
		return nil, err
	}
	peerURL, err := url.Parse(peer)
	if err != nil {
		return nil, err
	}
	c := embed.NewConfig()
	c.Name = "kube"
	c.Dir = dir
	c.ListenClientUrls, c.AdvertiseClientUrls = []url.URL{*clientURL}, []url.URL{*clientURL}
	c.ListenPeerUrls, c.AdvertisePeerUrls = []url.URL{*peerURL}, []url.URL{*peerURL}
	c.InitialCluster = c.InitialClusterFromName(c.Name)
	c.LogLevel = "error"
	c.LogOutputs = []string{"stderr"}
	c.UnsafeNoFsync = true
	c.TickMs, c.ElectionMs = 100, 500 // alone, it need not wait long for others' votes
	tuneEtcd(c)
	etcd, err := embed.StartEtcd(c)
	if err != nil {
		return nil, err
	}
	select {
	case <-etcd.Server.ReadyNotify():
		return etcd, nil
	case err = <-etcd.Err():
	case <-ctx.Done():
		err = ctx.Err()
	case <-time.After(time.Minute):
		err = errors.New("not ready after a minute")
	}
	etcd.Close()
	return nil, err
}
