using System.IO.Compression;
using System.Text;

namespace GtiNotebooks.Data;

/// <summary>
/// Tells whole gzip data from data that were cut off, which <see cref="GZipStream"/> does not: it ends without a word wherever the bytes
/// end. Gzip data may be several pieces one after another, so one more piece is put behind the file's: a line of its own, which comes out
/// last if, and only if, the file's pieces are whole.
/// </summary>
internal sealed class GzipEnd(Stream packed) : Stream
{
    /// <summary>The last line of whole data. It stands behind a line end, so the line before it may be empty.</summary>
    public const string Line = "\u0001end of the packed data\u0001";

    private static readonly byte[] LastPiece = Pack($"\n{Line}\n");

    private readonly MemoryStream _last = new(LastPiece, writable: false);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>Unpacks a file; see <see cref="Line"/> for its end.</summary>
    public static Stream Unpack(Stream packed) => new GZipStream(new GzipEnd(packed), CompressionMode.Decompress);

    public override int Read(Span<byte> buffer)
    {
        var read = packed.Read(buffer);
        return read > 0 ? read : _last.Read(buffer);
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private static byte[] Pack(string text)
    {
        using var piece = new MemoryStream();
        using (var gzip = new GZipStream(piece, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(Encoding.ASCII.GetBytes(text));
        }
        return piece.ToArray();
    }
}
