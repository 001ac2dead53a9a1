package controlplane

import "github.com/binnacle-dev/binnacle/build/rig/certs"

// pki is everything that a cluster's parts trust each other by. It is made anew
// for each cluster and never outlives its folder.
type pki struct {
	ca      *certs.Authority // of the server and of the users
	front   *certs.Authority // of proxies that may speak for users
	account certs.Pair       // signs service account tokens
}

func newPKI(cluster string) (*pki, error) {
	ca, err := certs.NewAuthority("ca of " + cluster)
	if err != nil {
		return nil, err
	}
	front, err := certs.NewAuthority("front proxy ca of " + cluster)
	if err != nil {
		return nil, err
	}
	account, err := certs.Signing()
	if err != nil {
		return nil, err
	}
	return &pki{ca: ca, front: front, account: account}, nil
}
