using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Tessera.Kernel.Backup;
using Tessera.Kernel.Database;
using Tessera.Kernel.Web;

namespace Tessera.Kernel.Records;

/// <summary>The record one request made. It is saved in the transaction of the record: either both are there or neither.</summary>
[NotInBackup("Good for a day, while somebody may still send the request again.")]
internal sealed class RequestKey
{
    /// <summary>How long the same request finds what it made.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromDays(1);

    public required Guid TenantId { get; init; }

    /// <summary>Whose key: two people may use the same.</summary>
    public required Guid UserId { get; init; }

    public required string Key { get; init; }

    /// <summary>SHA-256 of what was asked for and where.</summary>
    public required byte[] RequestHash { get; init; }

    public required Guid RecordId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}

internal sealed class RequestKeyMapping : IEntityTypeConfiguration<RequestKey>
{
    public const string Primary = "pk_request_key";

    public void Configure(EntityTypeBuilder<RequestKey> builder)
    {
        builder.ToTable("request_key", "kernel");
        builder.HasKey(k => new { k.TenantId, k.UserId, k.Key }).HasName(Primary);
        builder.HasIndex(k => new { k.TenantId, k.CreatedAt });
    }
}

/// <summary>A caller's wish that a request sent twice (a double click, a lost answer) counts once: the header <c>Idempotency-Key</c>.</summary>
/// <param name="Key">Chosen by the caller.</param>
/// <param name="Hash">Of the request the key came with.</param>
internal sealed record Idempotency(string Key, byte[] Hash)
{
    public const string Header = "Idempotency-Key";

    /// <summary>Set to <c>true</c> on the answer that tells of an earlier request's record.</summary>
    public const string ReplayHeader = "Idempotent-Replay";

    public const int MaximumLength = 255;

    private static readonly Refusal Malformed = new(400, "invalid_idempotency_key", $"An {Header} is one value of 1 to {MaximumLength} printable ASCII characters.");

    /// <summary>The same request was being carried out when this one began.</summary>
    public static readonly Refusal UnderWay = new(409, "request_under_way", "The same request is being carried out.");

    public static readonly Refusal Reused = new(422, "idempotency_key_reused", $"This {Header} came with another request before. Use a new one for each.");

    /// <summary>The request's key; null when it has none.</summary>
    /// <param name="request">With the header or without.</param>
    /// <param name="body">What was asked for.</param>
    public static (Idempotency? Key, Refusal? Refusal) Of(HttpRequest request, object body)
    {
        var header = request.Headers[Header];
        if (header.Count == 0)
        {
            return (null, null);
        }

        var key = header.ToString();
        if (header.Count > 1 || key.Length is 0 or > MaximumLength || key.Any(c => c is < ' ' or > '~'))
        {
            return (null, Malformed);
        }

        var where = Encoding.UTF8.GetBytes(request.Path + "\n");
        return (new Idempotency(key, SHA256.HashData([.. where, .. JsonSerializer.SerializeToUtf8Bytes(body, body.GetType(), PlatformJson.Options)])), null);
    }

    /// <summary>The record an earlier request with this key made; the refusal when that one asked for something else; neither when there was none.</summary>
    public async Task<(Guid? RecordId, Refusal? Refusal)> FindAsync(PlatformDb db, Guid userId, DateTimeOffset now, CancellationToken cancel)
    {
        var same = db.Set<RequestKey>().Where(k => k.UserId == userId && k.Key == Key);
        var earlier = await same.AsNoTracking().FirstOrDefaultAsync(cancel);
        if (earlier is not null && earlier.CreatedAt <= now - RequestKey.Life)
        {
            // Its time is over, and nobody has cleared it away yet.
            await same.ExecuteDeleteAsync(cancel);
            return (null, null);
        }

        return earlier is null ? (null, null)
            : earlier.RequestHash.AsSpan().SequenceEqual(Hash) ? (earlier.RecordId, null)
            : (null, Reused);
    }

    /// <summary>What is saved with the record.</summary>
    public RequestKey For(PlatformDb db, Guid userId, Guid recordId, DateTimeOffset now) =>
        new() { TenantId = db.TenantId, UserId = userId, Key = Key, RequestHash = Hash, RecordId = recordId, CreatedAt = now };
}

/// <summary>The operation reads <c>Idempotency-Key</c>.</summary>
internal sealed record TakesRequestKey;

internal static class RequestKeyEndpoints
{
    public static TBuilder TakesRequestKey<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new TakesRequestKey());
}
