package object

import "github.com/binnacle-dev/binnacle/backend/pane"

// Tone says how a state is to be taken, as in the tables.
type Tone = pane.Tone

// The tones.
const (
	ToneNone    = pane.ToneNone
	ToneGood    = pane.ToneGood
	ToneBusy    = pane.ToneBusy
	ToneWarning = pane.ToneWarning
	ToneBad     = pane.ToneBad
)

// Keys of the kinds that are known by name here.
const (
	pods           = "pods"
	nodes          = "nodes"
	services       = "services"
	secrets        = "secrets"
	configMaps     = "configmaps"
	namespaces     = "namespaces"
	accounts       = "serviceaccounts"
	claims         = "persistentvolumeclaims"
	volumes        = "persistentvolumes"
	events         = "events"
	controllers    = "replicationcontrollers"
	deployments    = "deployments.apps"
	replicaSets    = "replicasets.apps"
	statefulSets   = "statefulsets.apps"
	daemonSets     = "daemonsets.apps"
	jobs           = "jobs.batch"
	cronJobs       = "cronjobs.batch"
	ingresses      = "ingresses.networking.k8s.io"
	endpointSlices = "endpointslices.discovery.k8s.io"
	autoscalers    = "horizontalpodautoscalers.autoscaling"
	definitions    = "customresourcedefinitions.apiextensions.k8s.io"
	storageClasses = "storageclasses.storage.k8s.io"
)
