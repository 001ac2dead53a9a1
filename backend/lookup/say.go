package lookup

import (
	"slices"
	"strings"
)

// say puts what was found into sentences: what it is, what to know, what to do next.
func (f *Found) say() {
	switch f.Kind {
	case KindAPIServer:
		f.sayServer()
	case KindConsole:
		f.Says = append(f.Says, "This is a T4K console, not the cluster itself. Binnacle talks to the cluster's API server: give its address, or a kubeconfig.")
	case KindIssuer:
		f.Says = append(f.Says, "This is an identity provider: it signs people in. Type the address of a cluster instead.")
	case KindUnknown:
		f.Says = append(f.Says, "Something answers here, but neither a Kubernetes API server nor a T4K console. Check the address, its port and its path.")
	}
	if f.Elsewhere != "" {
		f.Says = append(f.Says, "The server sends visitors on to "+f.Elsewhere+", where nothing was asked. If that is the right place, type it.")
	}
	if len(f.Suggested) > 0 {
		f.Says = append(f.Says, "By its name this is a page of an OpenShift cluster, whose API server is mostly at "+f.Suggested[0]+".")
	}
	if f.Plain {
		f.Says = append(f.Says, "It is reached by plain http: anyone on the way can read and change everything, so nothing is sent there that proves who you are.")
	}
	if f.TLS != nil {
		f.TLS.say(f)
	}
}

func (f *Found) sayServer() {
	if f.Plain {
		f.Ways = slices.DeleteFunc(f.Ways, func(w Way) bool { return w.Kind != WayKubeconfig })
	}
	what := "This is a Kubernetes API server"
	if f.OpenShift {
		what = "This is the API server of an OpenShift cluster"
	}
	if f.Version == "" {
		f.Says = append(f.Says, what+". It tells strangers nothing more.")
	} else {
		f.Says = append(f.Says, what+", version "+f.Version+".")
	}
}

func (t *TLS) say(f *Found) {
	for _, p := range t.Problems {
		switch p {
		case ProblemUnknownCA:
			f.Says = append(f.Says, t.unknownWords())
			if f.Cluster != nil && f.Cluster.Issued {
				f.Says = append(f.Says, "The cluster says that its own CA issued the certificate. Whoever poses as the cluster could say so, too: compare that CA's fingerprint with the administrator's.")
			}
		case ProblemName:
			f.Says = append(f.Says, t.nameWords())
		case ProblemExpired:
			f.Says = append(f.Says, "The server's certificate, or one that it rests on, has expired. The cluster's administrator must renew it.")
		case ProblemNotYet:
			f.Says = append(f.Says, "The server's certificate is not valid yet. Check this computer's clock.")
		case ProblemInvalid:
			f.Says = append(f.Says, "The server's certificate is not made for a server, or is broken. The cluster's administrator must renew it.")
		}
	}
}

func (t *TLS) unknownWords() string {
	words := "No CA that this computer trusts vouches for the server. Compare the fingerprint with what the cluster's administrator says before you trust it."
	if t.Pin.Kind == PinLeaf {
		words += " The server doesn't send the CA's certificate, so its own would be trusted; when it is renewed, you are asked again."
	}
	return words
}

func (t *TLS) nameWords() string {
	if len(t.Names) == 0 {
		return "The server's certificate names no host at all and can't be used. The cluster's administrator must renew it."
	}
	return "The server's certificate is for other names: " + strings.Join(t.Names, ", ") + ". Type one of them as the address, or set one as the name to expect if you are sure that this is the server."
}
