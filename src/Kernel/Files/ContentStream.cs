using System.Security.Cryptography;

namespace Tessera.Kernel.Files;

/// <summary>The content of a finished draft.</summary>
/// <param name="Sha256">64 hexadecimal digits.</param>
/// <param name="Size">In bytes.</param>
/// <param name="ContentType">By content.</param>
public sealed record FileContent(string Sha256, long Size, string ContentType);

/// <summary>
/// A file that is being written, under a temporary name. Its content counts from <see cref="CompleteAsync"/> on; a draft that is
/// disposed before leaves nothing, one whose host was killed is swept away when the next host starts.
/// </summary>
public sealed class ContentStream : Stream
{
    private readonly FileStream _file;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _head = new byte[ContentTypes.HeadLength];
    private readonly Func<string, string> _pathOf;
    private int _headLength;
    private long _size;
    private bool _isComplete;

    /// <param name="path">Temporary name; must not exist.</param>
    /// <param name="pathOf">Where a content with this hash belongs.</param>
    internal ContentStream(string path, Func<string, string> pathOf)
    {
        // Nobody else may open it: that is how a sweep tells a draft at work from one that was left behind.
        _file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 64 * 1024, FileOptions.Asynchronous);
        _pathOf = pathOf;
    }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => _size;

    public override long Position
    {
        get => _size;
        set => throw new NotSupportedException();
    }

    /// <summary>Has everything reach the disk and takes its place under its hash.</summary>
    /// <param name="name">The file's name, which helps to tell its type.</param>
    /// <param name="cancel">Ends the attempt.</param>
    public async Task<FileContent> CompleteAsync(string name, CancellationToken cancel)
    {
        await _file.FlushAsync(cancel);
        _file.Flush(flushToDisk: true);
        await _file.DisposeAsync();
        var sha256 = Convert.ToHexStringLower(_hash.GetHashAndReset());
        var target = _pathOf(sha256);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        File.Move(_file.Name, target, overwrite: true);
        _isComplete = true;
        return new FileContent(sha256, _size, ContentTypes.Of(_head.AsSpan(0, _headLength), name));
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        Take(buffer);
        _file.Write(buffer);
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Take(buffer.Span);
        return _file.WriteAsync(buffer, cancellationToken);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush() => _file.Flush();

    public override Task FlushAsync(CancellationToken cancellationToken) => _file.FlushAsync(cancellationToken);

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        await _file.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _file.Dispose();
            Forget();
        }

        base.Dispose(disposing);
    }

    private void Take(ReadOnlySpan<byte> bytes)
    {
        _hash.AppendData(bytes);
        _size += bytes.Length;
        if (_headLength < _head.Length)
        {
            var part = bytes[..Math.Min(bytes.Length, _head.Length - _headLength)];
            part.CopyTo(_head.AsSpan(_headLength));
            _headLength += part.Length;
        }
    }

    private void Forget()
    {
        _hash.Dispose();
        if (!_isComplete)
        {
            File.Delete(_file.Name);
        }
    }
}
