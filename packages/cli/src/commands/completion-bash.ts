/**
 * The script for bash, from version 3.2 on, as macOS has it. It needs no other package, defines no constants, so that it can
 * be sourced again, and evaluates nothing that was typed.
 */
export const BASH_COMPLETION = `# bash completion for chaveiro

_chaveiro() {
  local rest=\${COMP_LINE:0:COMP_POINT} words=() count=0 i word spaces
  # Words as they are typed: bash splits them at : and = too.
  for ((i = 0; i <= COMP_CWORD; i++)); do
    spaces=\${rest%%[![:space:]]*}
    rest=\${rest#"$spaces"}
    word=\${COMP_WORDS[i]}
    ((i == COMP_CWORD)) && word=$rest
    rest=\${rest#"$word"}
    if [[ -z $spaces ]] && ((count > 0)); then
      words[count - 1]+=$word
    else
      words[count]=$word
      ((count += 1))
    fi
  done
  local current=\${words[count - 1]} candidate
  COMPREPLY=()
  # What bash has split off already is not repeated.
  local typed=\${current%"\${current##*[:=]}"}
  while IFS=$'\\t' read -r candidate _; do
    [[ $candidate == :[0-9]* || -z $candidate ]] && continue
    [[ $typed == --*= ]] && candidate=$typed$candidate
    [[ $candidate == "$current"* ]] && COMPREPLY+=("\${candidate#"$typed"}")
  done < <(chaveiro complete -- "\${words[@]:1}" 2>/dev/null)
}

# Without a candidate of ours bash completes files, as for --from-file and for what exec runs.
complete -o bashdefault -o default -F _chaveiro chaveiro
`
