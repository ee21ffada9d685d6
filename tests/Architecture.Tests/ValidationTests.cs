using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Tessera.Kernel.Access;
using Tessera.Kernel.Records;
using Tessera.Kernel.Web;
using Tessera.Testing;

namespace Tessera.Architecture.Tests;

/// <summary>Every body with a required member is checked before its handler runs, proved by sending an empty one to each endpoint.</summary>
public sealed class ValidationTests(Api api) : IClassFixture<Api>
{
#pragma warning disable CA1034 // Bodies of endpoints are public.
    public sealed record Probe([property: Required] string? Name);
#pragma warning restore CA1034

    [Fact]
    public async Task Every_body_is_reached_by_the_validator()
    {
        var tenant = await api.FoundWholeAsync();
        var endpoints = WithRequiredMembers(api.Services.GetRequiredService<EndpointDataSource>().Endpoints);

        Assert.True(endpoints.Count > 12, $"Only {endpoints.Count} endpoints take a body with a required member.");
        Assert.Empty(await UnvalidatedAsync(endpoints, tenant.Admin));
    }

    [Fact]
    public async Task A_body_nobody_checks_is_found_out()
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseTestServer();
        await using var app = builder.Build();
        app.Post("/unchecked", (Probe probe) => TypedResults.Ok(probe.Name)).OpenToEverybody("A probe.");
        app.MapGroup("/checked").AddEndpointFilterFactory(InputValidator.Filter).Post("", (Probe probe) => TypedResults.Ok(probe.Name)).OpenToEverybody("A probe.");
        await app.StartAsync();

        var endpoints = WithRequiredMembers(((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints));

        Assert.Equal(2, endpoints.Count);
        Assert.Equal(["POST /unchecked answered 200"], await UnvalidatedAsync(endpoints, new Client(app.GetTestClient())));
    }

    [Fact]
    public void No_body_comes_without_any_rule()
    {
        // Merge patches are checked as the input they result in; a list of field names is compared with the noun's fields.
        Type[] checkedByTheKernel = [typeof(System.Text.Json.Nodes.JsonObject), typeof(RestoreVersionRequest), typeof(RestoreRecordRequest)];
        var bodies = api.Services.GetRequiredService<EndpointDataSource>().Endpoints
            .Select(e => e.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType).OfType<Type>().Distinct().Except(checkedByTheKernel);

        Assert.All(bodies, body => Assert.True(
            body.GetProperties().All(p => p.PropertyType.IsValueType) || RulesOf(body).Any(), $"{body} takes text or lists and has no rule for them."));
    }

    private static IReadOnlyList<RouteEndpoint> WithRequiredMembers(IEnumerable<Endpoint> endpoints) =>
        [.. endpoints.OfType<RouteEndpoint>().Where(e => e.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType is { } body && body.GetProperties().Any(p => ValidBody.IsRequired(body, p)))];

    private static IEnumerable<ValidationAttribute> RulesOf(Type body) =>
        body.GetProperties().SelectMany(p => p.GetCustomAttributes<ValidationAttribute>())
            .Concat(body.GetConstructors().SelectMany(c => c.GetParameters()).SelectMany(p => p.GetCustomAttributes<ValidationAttribute>()));

    private static async Task<IReadOnlyList<string>> UnvalidatedAsync(IEnumerable<RouteEndpoint> endpoints, Client caller)
    {
        var faults = new List<string>();
        foreach (var endpoint in endpoints)
        {
            var path = ValidBody.Fill(endpoint.RoutePattern.RawText!, Guid.CreateVersion7());
            var method = endpoint.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods[0];
            var answer = await caller.Send(new HttpMethod(method), path, "{}", version: 1);
            if (answer.Status != 400 || answer.Code != "validation_failed" || answer.Faults.Count == 0)
            {
                faults.Add($"{method} {path} answered {answer.Status}");
            }
        }

        return faults;
    }
}
