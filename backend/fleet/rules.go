package fleet

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
)

// nowhere can't be the name of a namespace, so no binding can lie in it: what is allowed there is allowed everywhere. It spares
// us one question for each right that holds for the whole cluster.
const nowhere = "-"

const maxRules = 5000 // of one review

// rules are what a SelfSubjectRulesReview says of one namespace.
type rules struct {
	list []rule
	// incomplete says that more may be allowed: an authorizer that can't list its rules (those of EKS, GKE and AKS can't) was not
	// heard, or the cluster didn't answer.
	incomplete bool
}

type rule struct {
	Verbs     []string `json:"verbs"`
	Groups    []string `json:"apiGroups"`
	Resources []string `json:"resources"`
	Names     []string `json:"resourceNames"`
}

// covers says whether the rule is about it, if for some objects only.
func (r rule) covers(verb, group, resource string) bool {
	among := func(list []string, want string) bool {
		return slices.Contains(list, "*") || slices.Contains(list, want)
	}
	return among(r.Verbs, verb) && among(r.Groups, group) && among(r.Resources, resource)
}

// allow says whether the rules name it; false means no only if they are complete.
func (r rules) allow(verb, group, resource string) bool {
	return slices.ContainsFunc(r.list, func(x rule) bool { return len(x.Names) == 0 && x.covers(verb, group, resource) })
}

// perhaps is allow where what is not said counts as yes.
func (r rules) perhaps(verb, group, resource string) bool {
	return r.incomplete || r.allow(verb, group, resource)
}

// named are the single objects that the rules allow.
func (r rules) named(verb, group, resource string) []string {
	var names []string
	for _, x := range r.list {
		if x.covers(verb, group, resource) {
			names = append(names, x.Names...)
		}
	}
	return names
}

// beyond says whether something can be read by these rules that can't by the others.
func (r rules) beyond(others rules) bool {
	text := func(x rule) string {
		b, _ := json.Marshal(x) //nolint:errchkjson // strings always marshal
		return string(b)
	}
	known := make(map[string]bool, len(others.list))
	for _, x := range others.list {
		known[text(x)] = true
	}
	reads := func(verb string) bool { return slices.Contains([]string{"get", "list", "watch", "*"}, verb) }
	return slices.ContainsFunc(r.list, func(x rule) bool { return slices.ContainsFunc(x.Verbs, reads) && !known[text(x)] })
}

// rules asks what we may do in a namespace.
func (c *Client) rules(ctx context.Context, namespace string) (rules, error) {
	review := map[string]any{
		"apiVersion": "authorization.k8s.io/v1", "kind": "SelfSubjectRulesReview", "spec": map[string]string{"namespace": namespace},
	}
	var answer struct {
		Status struct {
			Rules      []rule `json:"resourceRules"`
			Incomplete bool   `json:"incomplete"`
		} `json:"status"`
	}
	if err := c.Post(ctx, "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews", review, &answer); err != nil {
		return rules{incomplete: true}, fmt.Errorf("ask what we may do: %w", err)
	}
	found := answer.Status.Rules
	return rules{list: found[:min(len(found), maxRules)], incomplete: answer.Status.Incomplete || len(found) > maxRules}, nil
}
