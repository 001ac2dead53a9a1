package controlplane

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strconv"
	"time"
)

// Issuer is an identity provider whose ID tokens a cluster takes. Users are known
// by the claim email and by the claim groups, each with the prefix.
type Issuer struct {
	URL       string
	CAPEM     []byte
	Audiences []string // the client ids whose tokens are good
	Prefix    string
}

// trustLimit is far above the 10 seconds after which the server looks at a new issuer again.
const trustLimit = 90 * time.Second

// Trust has the running cluster take the tokens of these issuers too, and waits
// until it does. That needs the issuers to be reachable and takes 10 seconds;
// Options.Issuers costs nothing. One with a known URL takes that one's place.
func (c *Cluster) Trust(ctx context.Context, issuers ...Issuer) error {
	c.trusting.Lock()
	defer c.trusting.Unlock()
	for _, added := range issuers {
		c.issuers = append(without(c.issuers, added.URL), added)
	}
	before, err := c.reloads(ctx)
	if err != nil {
		return err
	}
	if err := c.writeAuthentication(); err != nil {
		return fmt.Errorf("trust an issuer: %w", err)
	}
	ctx, cancel := context.WithTimeout(ctx, trustLimit)
	defer cancel()
	for {
		if now, err := c.reloads(ctx); err == nil && now > before {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("the cluster has not taken the issuer; the end of its log:\n%s", c.Log(10))
		case <-time.After(100 * time.Millisecond):
		}
	}
}

// Forget takes issuers out again, before they end: a server doesn't take a
// configuration with one that it can't reach. It is the next Trust that tells it.
func (c *Cluster) Forget(issuers ...Issuer) {
	c.trusting.Lock()
	defer c.trusting.Unlock()
	for _, gone := range issuers {
		c.issuers = without(c.issuers, gone.URL)
	}
}

func without(issuers []Issuer, url string) []Issuer {
	return slices.DeleteFunc(slices.Clone(issuers), func(i Issuer) bool { return i.URL == url })
}

// writeAuthentication writes the structured authentication file; the server reads
// it again when it changes. It is JSON, which is YAML.
func (c *Cluster) writeAuthentication() error {
	version := "v1"
	if c.options.Version < "1.34" { // every minor we build has two digits
		version = "v1beta1"
	}
	authenticators := []any{}
	for _, i := range c.issuers {
		mapped := func(claim string) map[string]string { return map[string]string{"claim": claim, "prefix": i.Prefix} }
		authenticators = append(authenticators, map[string]any{
			"issuer": map[string]any{
				"url": i.URL, "certificateAuthority": string(i.CAPEM), "audiences": i.Audiences, "audienceMatchPolicy": "MatchAny",
			},
			"claimMappings": map[string]any{"username": mapped("email"), "groups": mapped("groups")},
		})
	}
	b, err := json.MarshalIndent(map[string]any{
		"apiVersion": "apiserver.config.k8s.io/" + version, "kind": "AuthenticationConfiguration", "jwt": authenticators,
	}, "", "  ")
	if err != nil {
		return fmt.Errorf("encode the authentication: %w", err)
	}
	if err := c.write("authentication.yaml.new", b); err != nil {
		return err
	}
	return os.Rename(c.path("authentication.yaml.new"), c.path("authentication.yaml")) // never half of it
}

var reloadsPattern = regexp.MustCompile(`(?m)^apiserver_authentication_config_controller_automatic_reloads_total\{[^}]*status="success"[^}]*\} (\d+)`)

// reloads is how often the server has taken a new authentication file.
func (c *Cluster) reloads(ctx context.Context) (int, error) {
	status, metrics, err := c.Request(ctx, http.MethodGet, "/metrics", nil)
	if err != nil {
		return 0, err
	}
	if status != http.StatusOK {
		return 0, errors.New("the server gives no metrics")
	}
	m := reloadsPattern.FindSubmatch(metrics)
	if m == nil {
		return 0, nil // not once yet
	}
	return strconv.Atoi(string(m[1]))
}
