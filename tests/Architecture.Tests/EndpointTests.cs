using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tessera.Kernel.Access;
using Tessera.Kernel.Web;
using Tessera.Testing;

namespace Tessera.Architecture.Tests;

/// <summary>Rules over every endpoint the host maps.</summary>
public sealed class EndpointTests(Api api) : IClassFixture<Api>
{
    private IReadOnlyList<RouteEndpoint> Endpoints => [.. api.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()];

    [Fact]
    public void Every_endpoint_says_exactly_once_who_may_call_it()
    {
        Assert.True(Endpoints.Count > 40, $"Only {Endpoints.Count} endpoints were found.");
        Assert.Empty(NotMarkedOnce(Endpoints));
    }

    [Fact]
    public async Task An_endpoint_with_no_mark_or_two_is_found_out()
    {
        await using var app = WebApplication.CreateBuilder().Build();
        app.Get("/forgotten", () => "");
        app.Get("/undecided", () => "").RequiresMember().OpenToEverybody("No.");
        app.Get("/marked", () => "").RequiresMember();

        Assert.Equal(["GET /forgotten: 0 marks", "GET /undecided: 2 marks"], NotMarkedOnce(EndpointsOf(app)));
    }

    [Fact]
    public void Every_handler_of_the_API_says_what_it_answers()
    {
        Assert.Empty(Undocumented(Endpoints.Where(IsApi)));
    }

    [Fact]
    public async Task A_handler_that_hides_its_answer_is_found_out()
    {
        await using var app = WebApplication.CreateBuilder().Build();
        app.Get("/api/v1/vague", () => Results.Ok());
        app.Get("/api/v1/clear", () => TypedResults.Ok(1));

        Assert.Equal(["GET /api/v1/vague"], Undocumented(EndpointsOf(app)));
    }

    [Fact]
    public void Every_operation_has_a_name_of_its_own()
    {
        var names = Endpoints.Where(IsApi).Select(e => e.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName).ToList();

        Assert.DoesNotContain(null, names);
        Assert.Equal(names.Count, names.Distinct().Count());
    }

    private static bool IsApi(RouteEndpoint endpoint) =>
        endpoint.RoutePattern.RawText!.TrimStart('/').StartsWith("api/v1", StringComparison.Ordinal) && endpoint.Metadata.GetMetadata<MethodInfo>() is not null;

    private static IReadOnlyList<RouteEndpoint> EndpointsOf(WebApplication app) =>
        [.. ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()];

    private static IReadOnlyList<string> NotMarkedOnce(IEnumerable<RouteEndpoint> endpoints) =>
        [.. endpoints.Select(e => (e, Marks: e.Metadata.OfType<AccessMark>().Count())).Where(m => m.Marks != 1).Select(m => $"{NameOf(m.e)}: {m.Marks} marks")];

    private static IReadOnlyList<string> Undocumented(IEnumerable<RouteEndpoint> endpoints) =>
        [.. endpoints.Where(e => !e.Metadata.OfType<IProducesResponseTypeMetadata>().Any(p => p.StatusCode is >= 200 and < 400)).Select(NameOf)];

    private static string NameOf(RouteEndpoint endpoint) =>
        $"{string.Join(',', endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["*"])} {endpoint.RoutePattern.RawText}";
}
