namespace GtiNotebooks.Host.Downloads;

/// <summary>One file to fetch, and how to know that it is the right one.</summary>
/// <param name="Source">Where it lies; https only.</param>
/// <param name="Target">The file to write; its folder is made if need be.</param>
/// <param name="Bytes">Its size; positive.</param>
/// <param name="Sha256">Its SHA-256, 64 hexadecimal digits in either case.</param>
public sealed record DownloadRequest(Uri Source, string Target, long Bytes, string Sha256)
{
    /// <summary>What was fetched so far lies beside the target until it is whole and checked.</summary>
    public string PartialFile => Target + ".part";

    /// <summary>Checks the request.</summary>
    /// <exception cref="ArgumentException">The address is not https, the size not positive, or the hash no SHA-256; the message says which.</exception>
    public void Validate()
    {
        ArgumentNullException.ThrowIfNull(Source);
        ArgumentException.ThrowIfNullOrWhiteSpace(Target);
        if (!Source.IsAbsoluteUri || Source.Scheme != Uri.UriSchemeHttps)
            throw new ArgumentException($"'{Source}' is no https address; nothing is fetched over an open line.");
        if (Bytes < 1)
            throw new ArgumentException($"A size of {Bytes} bytes; give the size that the publisher states.");
        if (Sha256 is not { Length: 64 } || !Sha256.All(char.IsAsciiHexDigit))
            throw new ArgumentException($"'{Sha256}' is no SHA-256; it has 64 hexadecimal digits.");
    }
}
