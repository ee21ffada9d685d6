using Microsoft.AspNetCore.Builder;

namespace Tessera.Kernel.Access;

/// <summary>Who may call an endpoint. Every endpoint carries exactly one mark; the host does not start with one that has none.</summary>
public abstract record AccessMark
{
    /// <summary>Needs <paramref name="Level"/> on one of the pages.</summary>
    public sealed record Page(IReadOnlyList<Access.Page> AnyOf, Level Level) : AccessMark;

    /// <summary>Any signed-in member of the tenant; the handler itself shows them only their own.</summary>
    public sealed record Member : AccessMark;

    /// <summary>Open to everybody.</summary>
    public sealed record Anonymous(string Why) : AccessMark;
}

/// <summary>A read that answers from more than guarded queries: the decision is loaded for each call.</summary>
public sealed record DecidesAfresh;

public static class AccessMarkExtensions
{
    public static TBuilder Requires<TBuilder>(this TBuilder endpoint, Page page, Level level) where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new AccessMark.Page([page], level));

    /// <summary>For minimal projections that other pages' pickers need.</summary>
    public static TBuilder RequiresAnyOf<TBuilder>(this TBuilder endpoint, Level level, params Page[] pages) where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new AccessMark.Page(pages, level));

    public static TBuilder RequiresMember<TBuilder>(this TBuilder endpoint) where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new AccessMark.Member());

    /// <param name="endpoint">The endpoint.</param>
    /// <param name="why">Why nobody needs to sign in for it.</param>
    public static TBuilder OpenToEverybody<TBuilder>(this TBuilder endpoint, string why) where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new AccessMark.Anonymous(why));
}
