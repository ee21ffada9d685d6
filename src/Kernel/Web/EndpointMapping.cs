using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Tessera.Kernel.Web;

/// <summary>
/// Maps handlers to routes as ASP.NET's <c>MapGet</c> and its like do, but what binds a request to a handler's parameters is compiled at the
/// first request instead of at start: there are some five hundred endpoints, and a start that compiles them all takes seconds.
/// </summary>
public static class EndpointMapping
{
    private static readonly string[] GetVerb = [HttpMethods.Get];

    private static readonly string[] PostVerb = [HttpMethods.Post];

    private static readonly string[] PutVerb = [HttpMethods.Put];

    private static readonly string[] PatchVerb = [HttpMethods.Patch];

    private static readonly string[] DeleteVerb = [HttpMethods.Delete];

    public static RouteHandlerBuilder Get(this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string pattern, Delegate handler) =>
        Map(endpoints, GetVerb, pattern, handler);

    public static RouteHandlerBuilder Post(this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string pattern, Delegate handler) =>
        Map(endpoints, PostVerb, pattern, handler);

    public static RouteHandlerBuilder Put(this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string pattern, Delegate handler) =>
        Map(endpoints, PutVerb, pattern, handler);

    public static RouteHandlerBuilder Patch(this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string pattern, Delegate handler) =>
        Map(endpoints, PatchVerb, pattern, handler);

    public static RouteHandlerBuilder Delete(this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string pattern, Delegate handler) =>
        Map(endpoints, DeleteVerb, pattern, handler);

    private static RouteHandlerBuilder Map(IEndpointRouteBuilder endpoints, string[] verbs, string pattern, Delegate handler) =>
        RouteHandlerServices.Map(endpoints, pattern, handler, verbs, RequestDelegateFactory.InferMetadata, CreateLate);

    private static RequestDelegateResult CreateLate(Delegate handler, RequestDelegateFactoryOptions options, RequestDelegateMetadataResult? metadata)
    {
        var late = new Lazy<RequestDelegate>(() => RequestDelegateFactory.Create(handler, options, metadata).RequestDelegate);
        return new RequestDelegateResult(http => late.Value(http), metadata?.EndpointMetadata ?? []);
    }
}
