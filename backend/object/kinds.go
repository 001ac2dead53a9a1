package object

// Tone says how a state is to be taken. The set is closed.
type Tone string

// The tones.
const (
	ToneNone    Tone = "none"
	ToneGood    Tone = "good"
	ToneBusy    Tone = "busy" // on its way
	ToneWarning Tone = "warning"
	ToneBad     Tone = "bad"
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
