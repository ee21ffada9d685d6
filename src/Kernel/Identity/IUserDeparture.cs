using Tessera.Kernel.Database;

namespace Tessera.Kernel.Identity;

/// <summary>Something a person still has to do: an interview they hold, a call they promised.</summary>
public sealed record Commitment(string Kind, Guid Id, string Title, DateTimeOffset? At);

/// <summary>
/// Asked of every module before a person is deactivated or removed: what would be left without them, and how to hand it to somebody else.
/// </summary>
public interface IUserDeparture
{
    Task<IReadOnlyList<Commitment>> CommitmentsAsync(PlatformDb db, Guid userId, DateTimeOffset now, CancellationToken cancel);

    /// <summary>Gives the person's open work and records to <paramref name="successor"/>; refuses what cannot be given (a booked hour).</summary>
    Task<Web.Refusal?> HandOverAsync(PlatformDb db, Guid userId, User successor, DateTimeOffset now, CancellationToken cancel);
}
