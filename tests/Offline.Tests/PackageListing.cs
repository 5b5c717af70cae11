namespace GtiNotebooks.Offline.Tests;

/// <summary>What a real package offers, read from its listing, and what a stand-in offers beyond it.</summary>
internal sealed class PackageListing
{
    private const int BasesListed = 6;   // the listings stop there
    private readonly Dictionary<string, (string Kind, List<string> Bases, HashSet<string> Members)> _types = [];

    public int TypeCount => _types.Count;

    public static PackageListing Read(string file) => Parse(File.ReadLines(file));

    public static PackageListing Parse(IEnumerable<string> lines)
    {
        var listing = new PackageListing();
        HashSet<string> members = [];
        bool isEnum = false;
        foreach (string line in lines)
        {
            if (line.Length == 0) continue;
            if (line.StartsWith("    ", StringComparison.Ordinal))
            {
                if (isEnum) members.UnionWith(line.Trim().Split(", "));
                else members.Add(line.Trim());
                continue;
            }

            var (kind, name, bases) = Header(line);
            isEnum = kind == "enum";
            members = [];
            listing._types[name] = (kind, bases, members);
        }

        return listing;
    }

    /// <summary>Everything this type has and the real one lacks, as sentences.</summary>
    public IEnumerable<string> Inventions(TypeListing type)
    {
        if (!_types.TryGetValue(type.Name, out var real))
        {
            yield return $"{type.Kind} {type.Name}: no such type";
            yield break;
        }

        if (real.Kind != type.Kind) yield return $"{type.Name}: is a {type.Kind}, the real one a {real.Kind}";
        foreach (string parent in type.Bases.Where(parent => real.Bases.Count < BasesListed && !real.Bases.Contains(parent))) yield return $"{type.Name}: derives from {parent}, the real one does not";
        foreach (var member in type.Members.Where(member => !member.IsOverride && !real.Members.Contains(member.Text))) yield return $"{type.Name}: {member.Text}";
    }

    private static (string Kind, string Name, List<string> Bases) Header(string line)
    {
        int colon = line.IndexOf(" : ", StringComparison.Ordinal);
        string head = colon > 0 ? line[..colon] : line;
        // The kind is the words before the name, which has a dot; generic parameters after the name hold spaces too.
        int dot = head.IndexOf('.', StringComparison.Ordinal);
        int start = head.LastIndexOf(' ', dot) + 1;
        return (head[..(start - 1)], head[start..], colon > 0 ? Split(line[(colon + 3)..]) : []);
    }

    // Splits at the commas that are not inside brackets.
    private static List<string> Split(string list)
    {
        var parts = new List<string>();
        int depth = 0, from = 0;
        for (int k = 0; k < list.Length; k++)
        {
            depth += list[k] is '<' or '(' or '[' ? 1 : list[k] is '>' or ')' or ']' ? -1 : 0;
            if (list[k] != ',' || depth != 0) continue;
            parts.Add(list[from..k].Trim());
            from = k + 1;
        }

        parts.Add(list[from..].Trim());
        return parts;
    }
}
