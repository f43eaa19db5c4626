# Completion of stretchd in bash. The program itself knows what can follow.
_stretchd() {
    local cur words cword line
    _get_comp_words_by_ref -n := cur words cword || return
    # A quote that is not closed yet belongs to the shell.
    cur=${cur#[\"\']}
    while IFS= read -r line; do
        case $line in
        $'\t'*)
            [[ $cur != --*=* ]] || cur=${cur#*=}
            _filedir "${line#$'\t.'}"
            return
            ;;
        ?*) COMPREPLY+=("${line%%$'\t'*}") ;;
        esac
    done < <("${words[0]/#\~\//$HOME/}" complete "${words[@]:1:cword-1}" "$cur" 2>/dev/null)
    # bash takes what is behind a colon or an equals sign for a word of its own.
    local start=${cur%"${cur##*[:=]}"}
    [[ -z $start ]] || COMPREPLY=("${COMPREPLY[@]#"$start"}")
}
complete -o nosort -F _stretchd stretchd
