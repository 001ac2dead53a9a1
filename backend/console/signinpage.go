package console

import (
	"net/url"

	"github.com/binnacle-dev/binnacle/backend/bridge"
	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
	"github.com/binnacle-dev/binnacle/backend/login"
)

// signIns are the sessions as the page shows them.
func (c *Console) signIns() []bridge.SignIn {
	out := []bridge.SignIn{}
	document := c.document()
	for _, s := range c.logins.Sessions() {
		signIn, _ := c.sessions.signIn(s.Key) // known: else the book had not heard of it
		row := bridge.SignIn{
			Key: s.Key, Issuer: s.Issuer, Title: providerTitle(signIn), Connector: signIn.Connector,
			State: signInState(s), Why: s.Why, Who: s.Name, ExpiresAt: ms(s.Expires), URL: s.URL,
			Members: []string{}, MemberIDs: c.membersOf(s.Key),
			Browser: true, Device: signIn.Flow != kubeconfig.FlowOpenShift, Plain: plainIssuer(s.Issuer),
		}
		if row.MemberIDs == nil {
			row.MemberIDs = []string{}
		}
		for _, id := range row.MemberIDs {
			row.Members = append(row.Members, document.Members[id].Name)
		}
		if s.State == login.StateFailed {
			row.ExpiresAt = 0 // what there was has ended
		}
		if s.State == login.StateDevice {
			row.Code = &bridge.DeviceCode{Code: s.Code.UserCode, URL: s.Code.URL, CompleteURL: s.Code.CompleteURL, ExpiresAt: ms(s.Code.Expires)}
		}
		out = append(out, row)
	}
	return out
}

// signInState is the page's word for a state. What goes on by itself needs nobody, though its token may have ended.
func signInState(s login.Session) bridge.SignInState {
	switch s.State {
	case login.StateNeeded:
		return bridge.SignInNeeded
	case login.StateRunning:
		return bridge.SignInStarting
	case login.StateBrowser:
		return bridge.SignInBrowser
	case login.StateDevice:
		return bridge.SignInDevice
	case login.StateRefreshing:
		return bridge.SignInRefreshing
	case login.StateFailed:
		if !s.NextTry.IsZero() {
			return bridge.SignInRefreshing
		}
		return bridge.SignInFailed
	case login.StateOK:
	}
	return bridge.SignInOK
}

// providerTitle names a provider for people.
func providerTitle(s kubeconfig.SignIn) string {
	u, err := url.Parse(s.Issuer)
	if err != nil || u.Host == "" {
		return kubeconfig.Clean(s.Issuer)
	}
	if s.Flow == kubeconfig.FlowOpenShift {
		return "OpenShift at " + kubeconfig.Clean(u.Host)
	}
	return kubeconfig.Clean(u.Host)
}

func plainIssuer(issuer string) bool {
	u, err := url.Parse(issuer)
	return err == nil && u.Scheme == "http"
}
