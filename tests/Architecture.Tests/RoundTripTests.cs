using Microsoft.Extensions.DependencyInjection;
using Tessera.Kernel.Exchange;
using Tessera.Kernel.Records;
using Tessera.Kernel.Web;
using Tessera.Testing;

namespace Tessera.Architecture.Tests;

/// <summary>Every declared noun in every form: what was exported comes back without a change. A new noun is covered by being declared.</summary>
public sealed class RoundTripTests(Api api) : IClassFixture<Api>
{
    private static readonly string[] Formats = [.. Words.All(typeof(ExchangeFormat))];

    [Fact]
    public async Task An_exported_file_of_any_noun_in_any_form_imports_as_unchanged()
    {
        var faults = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var module in api.Services.GetServices<IModule>())
        {
            var tenant = await api.FoundAsync(module: module.Key);
            foreach (var noun in (await tenant.Admin.Get("exchange/nouns")).Must(200).Items.Select(n => n.GetProperty("noun").GetString()!))
            {
                if (noun.Contains('/', StringComparison.Ordinal) || seen.Add(noun))
                {
                    seen.Add(noun);
                    if (noun != "users")
                    {
                        await Samples.AddAsync(tenant, noun);
                        await Samples.AddAsync(tenant, noun);
                    }

                    foreach (var format in Formats)
                    {
                        var file = await tenant.Admin.ExportedAsync(noun, format);
                        var run = await tenant.Admin.CheckedAsync(noun, file);
                        var count = (await tenant.Admin.Get($"{noun}?limit=1")).Must(200)["total"].GetInt32();
                        if (run["format"].GetString() != format || run.Counts() != $"unchanged {count}")
                        {
                            faults.Add($"{noun} as {format}, {count} records: {run["format"]} {run.Counts()}\n{(await tenant.Admin.Get($"exchange/imports/{run.Id}/rows?limit=3")).Text}");
                        }
                    }
                }
            }
        }

        Assert.True(faults.Count == 0, string.Join("\n\n", faults));
        Assert.Equal(api.Services.GetServices<IRecordSet>().Select(noun => noun.Noun).Order(), seen.Select(address => address.Split('/')[^1]).Order());
    }

    [Fact]
    public async Task A_column_that_is_no_field_of_the_noun_would_be_found_out()
    {
        var tenant = await api.FoundAsync();
        foreach (var noun in (await tenant.Admin.Get("exchange/nouns")).Must(200).Items)
        {
            var properties = api.Services.GetServices<IRecordSet>().First(set => set.Noun == noun.GetProperty("noun").GetString()!.Split('/')[^1]).RowType.GetProperties().Select(p => Words.Camel(p.Name)).ToList();
            Assert.All(noun.GetProperty("columns").EnumerateArray(), column => Assert.Contains(column.GetProperty("field").GetString()!, properties));
            Assert.DoesNotContain(noun.GetProperty("columns").EnumerateArray(), column => column.GetProperty("field").GetString() == "password");
        }
    }
}
