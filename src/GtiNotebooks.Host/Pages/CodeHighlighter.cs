using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace GtiNotebooks.Host.Pages;

/// <summary>Colours C# just enough to read it: comments, strings, numbers, keywords, directives.</summary>
internal static partial class CodeHighlighter
{
    /// <summary>Turns code into HTML.</summary>
    /// <param name="code">C# code.</param>
    /// <returns>Encoded text with <c>span</c> elements of the classes c, s, n, k and d.</returns>
    public static string ToHtml(string code)
    {
        var html = new StringBuilder();
        var at = 0;
        foreach (Match token in Token().Matches(code))
        {
            html.Append(WebUtility.HtmlEncode(code[at..token.Index]));
            var kind = token.Groups.Cast<Group>().First(group => group.Success && group.Name.Length == 1 && !char.IsDigit(group.Name[0])).Name;
            html.Append($"<span class=\"{kind}\">{WebUtility.HtmlEncode(token.Value)}</span>");
            at = token.Index + token.Length;
        }
        return html.Append(WebUtility.HtmlEncode(code[at..])).ToString();
    }

    [GeneratedRegex("""
        (?<c>//[^\n]*|/\*.*?\*/)
        |(?<s>\$*\"{3,}.*?\"{3,}|[$@]*@[$@]*"(?:[^"]|"")*"|\$?"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])+')
        |(?<d>^[ \t]*\#[!a-z]+)
        |(?<n>\b(?:0[xX][0-9a-fA-F_]+|[0-9][0-9_]*(?:\.[0-9_]+)?(?:[eE][+-]?[0-9]+)?)[fFdDmMuUlL]*\b)
        |(?<k>\b(?:abstract|and|as|async|await|base|bool|break|byte|case|catch|char|class|const|continue|decimal|default|delegate|do
        |double|else|enum|false|finally|float|for|foreach|get|goto|if|in|init|int|interface|internal|is|let|lock|long|namespace|new|not|null
        |object|or|out|override|params|private|protected|public|readonly|record|ref|return|sbyte|sealed|select|set|short|sizeof|static
        |string|struct|switch|this|throw|true|try|typeof|uint|ulong|unchecked|using|var|virtual|void|when|where|while|with|yield)\b)
        """, RegexOptions.Singleline | RegexOptions.Multiline | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Token();
}
