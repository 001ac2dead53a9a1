package apps

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/binnacle-dev/binnacle/backend/internal/kubetest"
)

// crd is a definition that takes any object; %s: plural, group, kind, version, conversion.
const crd = `---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: %[1]s.%[2]s, annotations: {api-approved.kubernetes.io: unapproved}}
spec:
  group: %[2]s
  scope: Namespaced
  names: {plural: %[1]s, singular: %[6]s, kind: %[3]s, listKind: %[3]sList}
  conversion: %[5]s
  versions:
  - {name: %[4]s, served: true, storage: true, schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}}
  - {name: v9, served: true, storage: false, schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}}
`

func defined(resource, kind, version string) string {
	plural, group, _ := strings.Cut(resource, ".")
	return fmt.Sprintf(crd, plural, group, kind, version, "{strategy: None}", strings.ToLower(kind))
}

// objects of OLM, Argo CD and Flux, as they write them. NS is the test's namespace.
const objects = `---
apiVersion: operators.coreos.com/v1alpha1
kind: ClusterServiceVersion
metadata: {namespace: NS, name: elastic.v2.15.0}
spec:
  displayName: Elastic
  version: 2.15.0
  install: {spec: {deployments: [{name: d, spec: {template: {spec: {containers: [{name: c, image: "q.io/elastic:2.15.0"}]}}}}]}}
  relatedImages: [{name: r, image: "q.io/kibana:8"}]
status: {phase: Succeeded, message: install strategy completed with no errors, lastUpdateTime: "2026-11-01T00:00:00Z"}
---
apiVersion: operators.coreos.com/v1alpha1
kind: ClusterServiceVersion
metadata: {namespace: NS, name: copied.v1, labels: {olm.copiedFrom: elsewhere}}
status: {phase: Succeeded}
---
apiVersion: operators.coreos.com/v1alpha1
kind: Subscription
metadata: {namespace: NS, name: my-elastic}
spec: {name: elastic-certified, channel: stable}
status: {installedCSV: elastic.v2.15.0, currentCSV: elastic.v2.16.0, state: UpgradePending}
---
apiVersion: operators.coreos.com/v1alpha1
kind: Subscription
metadata: {namespace: NS, name: wanted}
spec: {name: wanted, channel: alpha}
---
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {namespace: NS, name: payments}
spec:
  project: team
  source: {repoURL: "https://bot:HIDDEN@git.example.com/payments", targetRevision: main, helm: {parameters: [{name: password, value: HIDDEN}], values: "password: HIDDEN"}}
  destination: {server: "https://kubernetes.default.svc", namespace: prod}
status:
  sync: {status: OutOfSync, revision: 0123456789abcdef0123456789abcdef01234567}
  health: {status: Progressing, message: waiting}
  operationState: {finishedAt: "2026-11-01T00:00:00Z"}
  summary: {images: ["q.io/payments:1", "bot:HIDDEN@q.io/x"]}
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {namespace: NS, name: infra}
spec: {suspend: true, sourceRef: {kind: GitRepository, name: fleet}, postBuild: {substitute: {PASSWORD: HIDDEN}}}
status: {lastAppliedRevision: "main@sha1:0123456789abcdef0123456789abcdef01234567", conditions: [{type: Ready, status: "True", reason: ReconciliationSucceeded, message: applied, lastTransitionTime: "2026-11-01T00:00:00Z"}]}
---
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {namespace: NS, name: podinfo}
spec: {values: {password: HIDDEN}, chart: {spec: {chart: podinfo, version: ">=6"}}}
status:
  history: [{chartName: podinfo, chartVersion: 6.5.0, appVersion: 6.5.1, lastDeployed: "2026-11-02T00:00:00Z"}]
  conditions: [{type: Ready, status: "False", reason: UpgradeFailed, message: "timed out\nwaiting"}]
`

// Operators, Argo CD and Flux are read as their objects say; a CRD whose conversion fails is told, and harms nothing else.
func TestRealObjects(t *testing.T) {
	t.Parallel()
	for _, version := range []string{"1.36", "1.33"} {
		t.Run(version, func(t *testing.T) {
			t.Parallel()
			c := kubetest.Shared(t, version)
			ns := c.Namespace(t)
			c.Apply(t, defined("clusterserviceversions.operators.coreos.com", "ClusterServiceVersion", "v1alpha1")+
				defined("subscriptions.operators.coreos.com", "Subscription", "v1alpha1")+
				defined("applications.argoproj.io", "Application", "v1alpha1")+
				defined("kustomizations.kustomize.toolkit.fluxcd.io", "Kustomization", "v1")+
				defined("helmreleases.helm.toolkit.fluxcd.io", "HelmRelease", "v2"))
			c.Apply(t, strings.NewReplacer("NS", ns, "HIDDEN", hidden).Replace(objects))
			w := newWorld(t)
			w.connect(Member{ID: "a", Serves: kinds(
				"clusterserviceversions.operators.coreos.com v1alpha1", "subscriptions.operators.coreos.com v1alpha1", "applications.argoproj.io v1alpha1",
				"kustomizations.kustomize.toolkit.fluxcd.io v1", "helmreleases.helm.toolkit.fluxcd.io v2",
			)}, c.Admin())
			now := w.read("a")
			if told := fmt.Sprintf("%+v", now); strings.Contains(told, hidden) {
				t.Errorf("a secret is told: %s", told)
			}
			got := map[string]string{}
			for _, app := range in(now, ns) {
				i := app.Instances[0]
				got[app.Key] = strings.Join([]string{
					i.Name, i.Chart, i.Version, i.App, i.Revision, i.Status, string(i.Tone), i.Message, fmt.Sprint(i.Images), i.Ref.Kind, i.Selector, fmt.Sprint(kindsOf(i.Workloads)),
				}, "|")
				if app.Name != "wanted" && i.Updated.IsZero() {
					t.Errorf("%s: no time", app.Key)
				}
			}
			want := map[string]string{
				"operator/elastic-certified": "elastic.v2.15.0|elastic-certified|2.15.0||stable|Succeeded|good|install strategy completed with no errors. An upgrade to elastic.v2.16.0 waits (UpgradePending).|[q.io/elastic:2.15.0 q.io/kibana:8]|clusterserviceversions.operators.coreos.com|olm.owner=elastic.v2.15.0|[deployments.apps/d]",
				"operator/wanted":            "wanted|wanted|||alpha|Not installed|busy||[]|subscriptions.operators.coreos.com||[]",
				"argo/payments":              "payments|https://git.example.com/payments|0123456||main|OutOfSync, Progressing|warning|waiting. Deploys to prod of https://kubernetes.default.svc. Project team.|[q.io/payments:1]|applications.argoproj.io||[]",
				"flux/kustomizations/infra":  "infra|fleet|main@0123456|||Suspended|none|applied|[]|kustomizations.kustomize.toolkit.fluxcd.io|kustomize.toolkit.fluxcd.io/name=infra|[]",
				"flux/helmreleases/podinfo":  "podinfo|podinfo|6.5.0|6.5.1|>=6|UpgradeFailed|bad|timed out waiting|[]|helmreleases.helm.toolkit.fluxcd.io|helm.toolkit.fluxcd.io/name=podinfo|[]",
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// A definition that is broken, and an aggregated API that is down, are told in words; what else there is shows.
func TestRealBroken(t *testing.T) {
	t.Parallel()
	c := kubetest.Start(t, kubetest.Version("1.33"))
	hook := "{strategy: Webhook, webhook: {conversionReviewVersions: [v1], clientConfig: {url: \"https://127.0.0.1:9/convert\"}}}"
	c.Apply(t, fmt.Sprintf(crd, "applications", "argoproj.io", "Application", "v1alpha1", hook, "application"))
	c.Apply(t, strings.ReplaceAll(`---
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {namespace: default, name: payments}
---
apiVersion: v1
kind: Service
metadata: {namespace: default, name: nowhere}
spec: {ports: [{port: 443}]}
---
apiVersion: apiregistration.k8s.io/v1
kind: APIService
metadata: {name: v2.helm.toolkit.fluxcd.io}
spec: {group: helm.toolkit.fluxcd.io, version: v2, insecureSkipTLSVerify: true, groupPriorityMinimum: 100, versionPriority: 100, service: {namespace: default, name: nowhere}}
`, "NS", "default")+deployed("default", "web", "app.kubernetes.io/name: web", "q.io/web:8", 0))
	w := newWorld(t)
	w.connect(Member{ID: "a", Serves: kinds("applications.argoproj.io v9", "helmreleases.helm.toolkit.fluxcd.io v2")}, c.Admin())
	now := w.read("a")
	r := reportOfMember(now, "a")
	told := strings.Join(r.Missing, "\n")
	if r.State != Read || len(r.Missing) != 2 || !strings.Contains(told, "Argo CD applications: the cluster says: conversion webhook") || !strings.Contains(told, "Flux HelmReleases: the cluster says: ") {
		t.Errorf("%+v", r)
	}
	if len(now.Apps) != 1 || now.Apps[0].Name != "web" {
		t.Errorf("%+v", now.Apps)
	}
}
