package console

import (
	"github.com/binnacle-dev/binnacle/backend/bridge"
	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
	"github.com/binnacle-dev/binnacle/backend/view"
)

// candidateRow is one context as the page shows it, with how it clashes with the members that are there.
func candidateRow(index int, ctx kubeconfig.Context, im *importing, document view.Document) bridge.Candidate {
	out := bridge.Candidate{
		Index: index, Source: ctx.Source, Context: ctx.Name, Cluster: ctx.Cluster, User: ctx.User,
		Namespace: ctx.Namespace, Current: ctx.Current, Name: ctx.SuggestedName(),
		Server: ctx.Endpoint.Server, TLSName: ctx.Endpoint.TLSName, CA: ctx.Endpoint.CA,
		AuthKind: string(ctx.Auth), Identity: ctx.Identity, ExpiresAt: ms(ctx.Expires),
		Problem: ctx.Problem, Flags: []bridge.Flag{}, Checks: []bridge.Check{},
	}
	for _, f := range ctx.Flags {
		out.Flags = append(out.Flags, bridge.Flag{Kind: string(f.Kind), Severity: string(f.Severity), Title: f.Title, Detail: f.Detail})
	}
	for id, m := range document.Members {
		if m.Name == out.Name {
			out.NameTaken = true
		}
		if sameMember(m, viewEndpoint(ctx.Endpoint), ctx.Identity) {
			out.MemberID, out.MemberName = id, m.Name
		}
	}
	if signIn, ok := ctx.SignIn(); ok {
		out.Native = providerTitle(signIn)
	}
	out.SignIn = im.keys[index]
	out.Converted = out.Native != "" && out.SignIn != ""
	if test := im.checks[index]; test != nil {
		out.Checks = append(out.Checks, test.checks...) // never null: a test has none before its first report
		out.Tested, out.Passed = test.tested, test.passed
	}
	return out
}

// sameMember says whether a member is this cluster as this user. Who a credential is for isn't always known without
// asking; then the cluster alone decides.
func sameMember(m view.Member, e view.Endpoint, identity string) bool {
	if !m.Endpoint.Same(e) {
		return false
	}
	return m.Identity == "" || identity == "" || m.Identity == identity
}

func viewEndpoint(e kubeconfig.Endpoint) view.Endpoint {
	return view.Endpoint{Server: e.Server, CA: e.CA, TLSName: e.TLSName}
}

func fleetEndpoint(e view.Endpoint) kubeconfig.Endpoint {
	return kubeconfig.Endpoint{Server: e.Server, CA: e.CA, TLSName: e.TLSName}
}
