package fleet

import (
	"crypto/x509"
	"errors"

	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
)

// Action is the one thing that a person can do to get on with a member. The set is closed.
type Action string

// The actions.
const (
	ActionNone               Action = ""
	ActionSignIn             Action = "signIn"             // there is no session, or it ended
	ActionApprove            Action = "approve"            // a program must be allowed
	ActionRun                Action = "run"                // an allowed program wants to talk to the person
	ActionReplaceCredentials Action = "replaceCredentials" // a new kubeconfig is needed
	ActionRetry              Action = "retry"              // look again, after someone did something elsewhere
)

// remedy is what helps against err, which left a member with a credential of that kind in that state.
func remedy(err error, state State, auth kubeconfig.Auth) Action {
	if stuck, ok := errors.AsType[*waiting](err); ok {
		return stuck.action
	}
	if need, ok := errors.AsType[*kubeconfig.NeedError](err); ok {
		switch need.Need {
		case kubeconfig.NeedApprove:
			return ActionApprove
		case kubeconfig.NeedRun:
			return ActionRun
		case kubeconfig.NeedSignIn:
			return ActionSignIn
		}
	}
	switch state {
	case StateNeedsCredentials:
		return ActionReplaceCredentials
	case StateNeedsLogin:
		switch auth { //nolint:exhaustive // the others are kept as they are
		case kubeconfig.AuthSignIn:
			return ActionSignIn
		case kubeconfig.AuthExec:
			return ActionRetry // the program's own tools sign in
		}
		return ActionReplaceCredentials
	case StateDenied:
		return ActionRetry
	case StateUnreachable:
		if untrusted(err) {
			return ActionReplaceCredentials
		}
		return ActionRetry
	case StateConnecting, StateReady, StateRemoved:
	}
	return ActionNone
}

// untrusted says whether the way to the server is open and only the kubeconfig's idea of it is wrong.
func untrusted(err error) bool {
	_, authority := errors.AsType[x509.UnknownAuthorityError](err)
	_, host := errors.AsType[x509.HostnameError](err)
	return authority || host
}
