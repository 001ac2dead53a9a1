package controlplane

import (
	"fmt"
	"net/http"

	"k8s.io/client-go/dynamic"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/clientcmd"
)

// connect makes the admin's client. Its connections are its own, not those of
// client-go's cache, so that Stop can close them.
func (c *Cluster) connect() error {
	var err error
	if c.admin, err = c.Kubeconfig(User{Name: "admin", Groups: []string{"system:masters"}}); err != nil {
		return err
	}
	if c.config, err = clientcmd.RESTConfigFromKubeConfig(c.admin); err != nil {
		return fmt.Errorf("connect as the admin: %w", err)
	}
	c.config.QPS = -1 // tests wait for the server, not for a limiter
	c.config.WarningHandlerWithContext = rest.NoWarnings{}
	c.config.UserAgent = "binnacle-rig"
	tlsConfig, err := rest.TLSConfigFor(c.config)
	if err != nil {
		return fmt.Errorf("connect as the admin: %w", err)
	}
	c.http = &http.Client{Transport: &http.Transport{TLSClientConfig: tlsConfig, ForceAttemptHTTP2: true}}
	if c.dynamic, err = dynamic.NewForConfigAndClient(c.config, c.http); err != nil {
		return fmt.Errorf("connect as the admin: %w", err)
	}
	return nil
}
