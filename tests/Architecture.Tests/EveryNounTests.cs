using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tessera.Kernel.Records;
using Tessera.Testing;

namespace Tessera.Architecture.Tests;

/// <summary>What holds for every declared noun and every address that names a record, found in the running host.</summary>
public sealed class EveryNounTests(Api api) : IClassFixture<Api>
{
    private const int MostStatements = 2;

    private IReadOnlyList<RouteEndpoint> Endpoints => [.. api.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()];

    /// <summary>Addresses of the lists, without <c>/api/v1/</c>.</summary>
    private IReadOnlyList<string> Nouns => [.. Lists.Select(AddressOf)];

    /// <summary>The lists of declared nouns; other lists (the audit trail, a board) have tests of their own.</summary>
    private IReadOnlyList<RouteEndpoint> Lists
    {
        get
        {
            var nouns = api.Services.GetServices<IRecordSet>().Select(noun => noun.Noun).ToHashSet(StringComparer.Ordinal);
            return [.. Endpoints.Where(e => e.Metadata.GetMetadata<ListParameters>() is not null && nouns.Contains(AddressOf(e).Split('/')[^1]))];
        }
    }

    [Fact]
    public void Every_declared_noun_has_an_address() =>
        Assert.Equal(api.Services.GetServices<IRecordSet>().Select(noun => noun.Noun).Order(), Nouns.Select(address => address.Split('/')[^1]).Order());

    [Fact]
    public async Task Reading_a_list_or_a_record_takes_two_statements_at_most()
    {
        var tenant = await api.FoundWholeAsync();
        foreach (var noun in Nouns)
        {
            var id = (await Samples.AddAsync(tenant, noun)).Id;
            await Samples.AddAsync(tenant, noun);
            foreach (var path in (string[])[$"{noun}/{id}", noun, $"{noun}?search=a&limit=1", $"{noun}?page=7", $"{noun}?trash=true", $"{noun}?createdAt.gte=2020-01-01&sort=updatedAt,-createdAt"])
            {
                (await tenant.Admin.Get(path)).Must(200);

                var sent = await api.Statements.DuringAsync(async () => (await tenant.Admin.Get(path)).Must(200));

                Assert.True(sent.Count is >= 1 and <= MostStatements, $"{path} took {sent.Count} statements:\n{string.Join("\n\n", sent)}");
            }
        }
    }

    [Fact]
    public async Task An_id_of_another_tenant_is_nowhere_to_be_found()
    {
        var (mine, theirs) = (await api.FoundWholeAsync(), await api.FoundWholeAsync());
        var checkedNouns = new HashSet<string>(StringComparer.Ordinal);
        foreach (var endpoint in Endpoints.Where(e => e.RoutePattern.RawText!.StartsWith("/api/v1/", StringComparison.Ordinal) && e.RoutePattern.RawText.Contains("{id:guid}", StringComparison.Ordinal)))
        {
            var route = endpoint.RoutePattern.RawText!["/api/v1/".Length..];
            var noun = route[..(route.IndexOf("{id", StringComparison.Ordinal) - 1)];
            var id = Nouns.Contains(noun) ? (await Samples.AddAsync(theirs, noun)).Id : Guid.CreateVersion7();
            checkedNouns.Add(noun);
            var path = ValidBody.Fill(route, id);
            foreach (var method in endpoint.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods)
            {
                var body = await ValidBody.OfAsync(endpoint, mine, Nouns.Contains(noun) ? noun : null);

                var answer = await mine.Admin.Send(new HttpMethod(method), path, body, version: method is "GET" or "POST" ? null : 1);

                // A POST that insists on a version says so before it looks for the record.
                var answered = answer.Status == 428 ? await mine.Admin.Send(new HttpMethod(method), path, body, version: 1) : answer;
                Assert.True(answered.Status == 404 && answered.Code == "not_found", $"{method} {path} answered {answered.Status}: {answered.Text}");
            }
        }

        Assert.Superset(Nouns.ToHashSet(StringComparer.Ordinal), checkedNouns);
    }

    [Fact]
    public async Task Bulk_changes_find_nothing_in_another_tenant()
    {
        var (mine, theirs) = (await api.FoundWholeAsync(), await api.FoundWholeAsync());
        foreach (var noun in Nouns)
        {
            var record = await Samples.AddAsync(theirs, noun);
            foreach (var action in (string[])["delete", "restore"])
            {
                var result = (await mine.Admin.Post($"{noun}/bulk", new { action, ids = new[] { record.Id } })).Must(200);

                Assert.Equal("not_found", Assert.Single(result["failed"].EnumerateArray()).GetProperty("code").GetString());
                Assert.Empty(result["succeeded"].EnumerateArray());
            }

            (await theirs.Admin.Get($"{noun}/{record.Id}")).Must(200);
        }
    }

    [Fact]
    public async Task Lists_and_lookups_show_nothing_of_another_tenant()
    {
        var (mine, theirs) = (await api.FoundWholeAsync(), await api.FoundWholeAsync());
        foreach (var noun in Nouns)
        {
            var record = await Samples.AddAsync(theirs, noun);

            Assert.DoesNotContain((await mine.Admin.Get($"{noun}?limit=200")).Must(200).Items, row => row.GetProperty("id").GetGuid() == record.Id);
            Assert.Empty((await mine.Admin.Get($"{noun}?id={record.Id}")).Must(200).Items);
            var lookup = await mine.Admin.Get($"{noun}/lookup?ids={record.Id}");
            Assert.True(lookup.Status == 404 || lookup.Items.Count == 0, lookup.Text);
        }
    }

    [Fact]
    public async Task Every_noun_refuses_an_unknown_parameter_and_a_limit_beyond_the_greatest()
    {
        var tenant = await api.FoundWholeAsync();
        foreach (var noun in Nouns)
        {
            Assert.Equal(["surprise"], (await tenant.Admin.Get($"{noun}?surprise=1")).Must(400, "validation_failed").Faults);
            Assert.Equal(["limit"], (await tenant.Admin.Get($"{noun}?limit=201")).Must(400, "validation_failed").Faults);
            Assert.Equal(["sort"], (await tenant.Admin.Get($"{noun}?sort=tenantId")).Must(400, "validation_failed").Faults);
        }
    }

    [Fact]
    public async Task Every_sort_and_filter_that_is_offered_works()
    {
        var tenant = await api.FoundWholeAsync();
        foreach (var endpoint in Lists)
        {
            var noun = AddressOf(endpoint);
            var offered = endpoint.Metadata.GetRequiredMetadata<ListParameters>();
            await Samples.AddAsync(tenant, noun);
            await Samples.AddAsync(tenant, noun);
            foreach (var sort in offered.Sorts.SelectMany(s => new[] { s, "-" + s }))
            {
                var first = (await tenant.Admin.Get($"{noun}?sort={sort}&limit=1")).Must(200);
                if (first["nextCursor"].GetString() is { } cursor)
                {
                    var second = (await tenant.Admin.Get($"{noun}?sort={sort}&limit=1&cursor={cursor}")).Must(200);
                    Assert.NotEqual(first.Items[0].GetProperty("id").GetGuid(), second.Items[0].GetProperty("id").GetGuid());
                }
            }

            foreach (var filter in offered.Filters)
            {
                foreach (var op in filter.Operators.Prepend(""))
                {
                    var value = op == "null" ? "false" : ValidBody.Word(filter.Type);
                    (await tenant.Admin.Get($"{noun}?{filter.Name}{(op.Length == 0 ? "" : "." + op)}={Uri.EscapeDataString(value)}")).Must(200);
                }

                if (filter.Type != typeof(string))
                {
                    Assert.Equal([filter.Name], (await tenant.Admin.Get($"{noun}?{filter.Name}=nonsense")).Must(400, "validation_failed").Faults);
                }
            }
        }
    }

    private static string AddressOf(RouteEndpoint endpoint) => endpoint.RoutePattern.RawText!["/api/v1/".Length..].TrimEnd('/');
}
