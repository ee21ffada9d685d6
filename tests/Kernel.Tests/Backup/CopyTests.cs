using System.IO.Compression;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Tessera.Kernel.Backup;
using Tessera.Kernel.Database;
using Tessera.Kernel.Exchange;
using Tessera.Kernel.Records;
using Tessera.Testing;

namespace Tessera.Kernel.Tests.Backup;

/// <summary>Readable copies in archives.</summary>
public sealed class CopyTests(Api api) : IClassFixture<Api>
{
    private const string Candidates = "recruiting/candidates";

    private static readonly string[] Formats = [.. Words.All(typeof(ExchangeFormat))];

    [Fact]
    public async Task A_backup_with_formats_holds_every_noun_of_the_tenant_in_each_and_all_of_them_come_back_unchanged()
    {
        var tenant = await api.FoundAsync();
        var candidate = await tenant.Admin.AddCandidateAsync("=Łuczak, \"the\" Person\n☃");
        var trashed = await tenant.Admin.AddCandidateAsync("Trashed Person");
        (await tenant.Admin.Delete($"recruiting/candidates/{trashed.Id}", version: 1)).Must(204);
        (await tenant.Admin.Post("recruiting/calls", new { callerName = "Caller", callerNumber = "+41441234567", callType = "missed", status = "missed", candidateId = candidate.Id })).Must(201);
        (await tenant.Admin.ScheduleAsync(candidate.Id, "Mara Lindt", tenant.Clock.Now.AddDays(1))).Must(201);

        var backup = await tenant.Admin.BackUpAsync(new { formats = Formats });
        using var archive = new ZipArchive(new MemoryStream(await api.DownloadAsync(tenant.Admin, backup.Id)));

        var nouns = (await tenant.Admin.Get("exchange/nouns")).Must(200).Items.Select(n => n.GetProperty("noun").GetString()!).ToList();
        Assert.Equal(Formats, backup["formats"].EnumerateArray().Select(f => f.GetString()));
        Assert.Equal(
            nouns.SelectMany(n => Formats.Select(f => $"readable/{n.Replace('/', '-')}.{f}")).Order(StringComparer.Ordinal),
            archive.Entries.Select(e => e.FullName).Where(e => e.StartsWith("readable/", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        foreach (var noun in nouns)
        {
            var count = (await tenant.Admin.Get($"{noun}?limit=1")).Must(200)["total"].GetInt32();
            foreach (var format in Formats)
            {
                var run = await tenant.Admin.CheckedAsync(noun, Bytes(archive, $"readable/{noun.Replace('/', '-')}.{format}"));
                Assert.Equal((noun, format, $"unchanged {count}"), (noun, run["format"].GetString(), run.Counts()));
            }
        }

        Assert.True((await tenant.Admin.Post($"backup/{backup.Id}/verify")).Must(200)["intact"].GetBoolean());
        var preview = (await tenant.Admin.Post($"backup/{backup.Id}/restore/preview", new { mode = "replace" })).Must(200);
        Assert.Equal((0, 0, 0), (preview["added"].GetInt32(), preview["changed"].GetInt32(), preview["removed"].GetInt32()));
    }

    [Fact]
    public async Task A_backup_without_formats_holds_no_copies_and_a_form_nobody_knows_is_refused()
    {
        var tenant = await api.FoundAsync();

        var backup = await tenant.Admin.BackUpAsync();

        Assert.DoesNotContain(BackupSteps.EntriesOf(await api.DownloadAsync(tenant.Admin, backup.Id)).Keys, e => e.StartsWith("readable/", StringComparison.Ordinal));
        (await tenant.Admin.Post("backup", new { formats = new[] { "docx" } })).Must(400, "invalid_json");
        (await tenant.Admin.Put("backup/settings", new { enabled = true, time = "02:00", retentionDays = 30, formats = new[] { "docx" } })).Must(400, "invalid_json");
    }

    [Fact]
    public async Task Verifying_finds_a_copy_that_was_altered()
    {
        var tenant = await api.FoundAsync();
        await tenant.Admin.AddCandidateAsync("Honest Person");
        var backup = await tenant.Admin.BackUpAsync(new { formats = new[] { "csv" } });

        BackupSteps.Rewrite(api.FileOf(tenant.Id, backup["sha256"].GetString()!), "readable/recruiting-candidates.csv", text => text.Replace("Honest", "Crooked", StringComparison.Ordinal));
        var report = (await tenant.Admin.Post($"backup/{backup.Id}/verify")).Must(200);

        Assert.Equal(["readable/recruiting-candidates.csv is not what it was."], report["problems"].EnumerateArray().Select(p => p.GetString()));
    }

    [Fact]
    public async Task A_workbook_that_cannot_be_is_delivered_as_csv_and_the_log_says_so()
    {
        var tenant = await api.FoundAsync();
        await tenant.Admin.AddCandidateAsync("Long Story");
        await api.SqlAsync("update recruiting.candidate set notes = repeat('x', 40000) where tenant_id = $1", tenant.Id);

        var backup = await tenant.Admin.BackUpAsync(new { formats = new[] { "xlsx" } });
        var entries = BackupSteps.EntriesOf(await api.DownloadAsync(tenant.Admin, backup.Id));

        Assert.Contains(new string('x', 40_000), entries["readable/recruiting-candidates.csv"], StringComparison.Ordinal);
        Assert.DoesNotContain("readable/recruiting-candidates.xlsx", entries.Keys);
        Assert.Contains("readable/recruiting-calls.xlsx", entries.Keys);
        Assert.True((await tenant.Admin.Post($"backup/{backup.Id}/verify")).Must(200)["intact"].GetBoolean());
        var succeeded = (await tenant.Admin.Get("backup/log")).Must(200).Items.First(line => line.GetProperty("event").GetString() == "succeeded");
        Assert.Contains("CSV instead of XLSX for recruiting/candidates: A cell holds 32767 characters", succeeded.GetProperty("detail").GetProperty("fallback").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_and_copies_are_of_one_moment()
    {
        var tenant = await api.FoundAsync();
        var there = await tenant.Admin.AddCandidateAsync("Was There");
        using var memory = new MemoryStream();
        await using var db = api.Open(TenantScope.System(tenant.Id));
        var tables = api.Services.GetRequiredService<BackupMaker>().TablesOf(db).All;
        var late = false;

        await api.Services.GetRequiredService<BackupWriter>().WriteAsync(tenant.Id, Guid.CreateVersion7(), tables, [ExchangeFormat.Json], memory, AddOneLate, CancellationToken.None);

        using var archive = new ZipArchive(memory);
        var copy = JsonSerializer.Deserialize<JsonElement>(Bytes(archive, "readable/recruiting-candidates.json")).GetProperty("nouns").GetProperty(Candidates);
        Assert.True(late);
        Assert.Equal(2, (await tenant.Admin.Get(Candidates)).Must(200)["total"].GetInt32());
        Assert.Equal([there.Id], copy.EnumerateArray().Select(c => c.GetProperty("id").GetGuid()));

        void AddOneLate(string step, long done, long total)
        {
            if (step == "files")
            {
                late = tenant.Admin.AddCandidateAsync("Came Later").GetAwaiter().GetResult().Status == 201;
            }
        }
    }

    private static byte[] Bytes(ZipArchive archive, string name)
    {
        using var memory = new MemoryStream();
        using var content = archive.GetEntry(name)!.Open();
        content.CopyTo(memory);
        return memory.ToArray();
    }
}
