namespace GtiNotebooks.Data;

/// <summary>
/// Reads a file's lines as they lie there, as bytes, one at a time and none that is longer than a record can be. Lines end as
/// <see cref="TextReader.ReadLine"/> ends them; a byte order mark is skipped.
/// </summary>
internal sealed class Utf8Lines(Stream stream, int mostBytes)
{
    private byte[] _buffer = new byte[1 << 14];
    private int _at;
    private int _filled;
    private bool _isBegun;
    private bool _skipsLineFeed; // the second half of a line end that has been seen

    /// <summary>The next line without its end, until the next is read; null after the last.</summary>
    /// <exception cref="FormatException">It is longer than allowed.</exception>
    public ReadOnlyMemory<byte>? Next()
    {
        var searched = 0;
        while (true)
        {
            SkipLineFeed();
            var length = _buffer.AsSpan(_at + searched, _filled - _at - searched).IndexOfAny((byte)'\r', (byte)'\n');
            if (length >= 0)
            {
                return Taken(searched + length, end: 1);
            }
            searched = _filled - _at;
            if (!Fill())
            {
                return searched > 0 ? Taken(searched, end: 0) : (ReadOnlyMemory<byte>?)null; // a bare null would become an empty line
            }
        }
    }

    private ReadOnlyMemory<byte> Taken(int length, int end)
    {
        var line = _buffer.AsMemory(_at, length);
        _skipsLineFeed = end > 0 && _buffer[_at + length] == '\r';
        _at += length + end;
        return line;
    }

    private void SkipLineFeed()
    {
        if (_skipsLineFeed && (_at < _filled || Fill()))
        {
            _skipsLineFeed = false;
            _at += _buffer[_at] == '\n' ? 1 : 0;
        }
    }

    /// <summary>Reads on behind what there is of the line that has begun; whether there was more.</summary>
    private bool Fill()
    {
        if (_filled - _at > mostBytes)
        {
            throw new FormatException(FormattableString.Invariant($"a line of more than {mostBytes:N0} bytes; no record is that long."));
        }
        if (_at > 0)
        {
            _buffer.AsSpan(_at.._filled).CopyTo(_buffer);
            (_at, _filled) = (0, _filled - _at);
        }
        else if (_filled == _buffer.Length)
        {
            Array.Resize(ref _buffer, 2 * _buffer.Length);
        }
        var read = stream.Read(_buffer, _filled, _buffer.Length - _filled);
        _filled += read;
        SkipByteOrderMark();
        return read > 0;
    }

    private void SkipByteOrderMark()
    {
        if (!_isBegun && _filled > 0)
        {
            _isBegun = true;
            _at = _buffer.AsSpan(0, _filled).StartsWith("\uFEFF"u8) ? 3 : 0;
        }
    }
}
