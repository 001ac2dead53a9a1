#!/bin/sh
# Prints the strict admin kit for the users named: each may read and write their own view, and nobody else's.
#
#   sh strict.sh alice bob 'oidc:carol@example.com' | kubectl apply -f -
#
# Name all users every time: the list of who owns which name is replaced. Don't apply 20-everyone.yaml beside it.
set -eu

[ $# -gt 0 ] || { echo "usage: strict.sh USERNAME..." >&2; exit 2; }
here=$(cd "$(dirname "$0")" && pwd)

sha256() { # of standard input, in hex
  if command -v sha256sum >/dev/null; then sha256sum; else shasum -a 256; fi
}

quote() { # as a YAML scalar
  printf "'%s'" "$(printf '%s' "$1" | sed "s/'/''/g")"
}

for user; do
  case $user in
    '' | *[[:cntrl:]]*) echo "strict.sh: a user name is empty or has control characters" >&2; exit 2 ;;
  esac
done

cat "$here/00-namespace.yaml"
echo ---
cat "$here/10-policy.yaml"
cat <<'YAML'
---
# A create can't be held to a name by RBAC; this says whose each name is.
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata:
  name: binnacle-view-owners
  labels:
    app.kubernetes.io/managed-by: binnacle
spec:
  failurePolicy: Fail
  paramKind:
    apiVersion: v1
    kind: ConfigMap
  matchConstraints:
    namespaceSelector:
      matchLabels:
        kubernetes.io/metadata.name: binnacle
    resourceRules:
      - apiGroups: [""]
        apiVersions: ["v1"]
        operations: [CREATE]
        resources: [secrets]
  matchConditions:
    - name: no-administrator
      expression: "!authorizer.group('').resource('secrets').namespace('binnacle').check('list').allowed()"
  validations:
    - expression: >-
        has(params.data) && object.metadata.name.size() >= 30 &&
        object.metadata.name.substring(14, 30) in params.data &&
        params.data[object.metadata.name.substring(14, 30)] == request.userInfo.username
      message: this name isn't for your view
      reason: Forbidden
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata:
  name: binnacle-view-owners
  labels:
    app.kubernetes.io/managed-by: binnacle
spec:
  policyName: binnacle-view-owners
  validationActions: [Deny]
  paramRef:
    name: binnacle-view-owners
    namespace: binnacle
    parameterNotFoundAction: Deny
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: binnacle-view-owners
  namespace: binnacle
  labels:
    app.kubernetes.io/managed-by: binnacle
data:
YAML
for user; do
  printf '  "%s": %s\n' "$(printf '%s' "$user" | sha256 | cut -c1-16)" "$(quote "$user")"
done
for user; do
  name=binnacle-view-$(printf '%s' "$user" | sha256 | cut -c1-16)
  names=$name
  for n in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16; do names="$names, $name-$n"; done
  cat <<YAML
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: $name
  namespace: binnacle
  labels:
    app.kubernetes.io/managed-by: binnacle
rules:
  - apiGroups: [""]
    resources: [secrets]
    resourceNames: [$names]
    verbs: [get, update, delete, watch]
  - apiGroups: [""]
    resources: [secrets]
    verbs: [create]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: $name
  namespace: binnacle
  labels:
    app.kubernetes.io/managed-by: binnacle
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: Role
  name: $name
subjects:
  - apiGroup: rbac.authorization.k8s.io
    kind: User
    name: $(quote "$user")
YAML
done
