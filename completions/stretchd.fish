# Completion of stretchd in fish. The program itself knows what can follow.
function __stretchd_complete
    set -l words (commandline -opc)
    set -l word (commandline -ct)
    for line in (command $words[1] complete $words[2..] "$word" 2>/dev/null)
        if string match -q \t'*' -- $line
            # Files with this ending, and directories; perhaps behind an option and its equals sign.
            set -l option (string match -r -- '^--[^=]*=' $word)
            set -l path (string replace -- "$option" '' $word)
            string match -e -r -- (string escape --style=regex (string trim -- $line))'$|/$' (complete -C "__stretchd_files $path") |
                string replace -r -- '^' "$option"
        else
            echo $line
        end
    end
end
complete -c stretchd -f -k -a '(__stretchd_complete)'
