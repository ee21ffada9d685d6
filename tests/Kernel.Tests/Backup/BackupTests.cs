using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Tessera.Kernel.Backup;
using Tessera.Kernel.Database;
using Tessera.Kernel.Files;
using Tessera.Testing;

namespace Tessera.Kernel.Tests.Backup;

public sealed class BackupTests(Api api) : IClassFixture<Api>
{
    [Fact]
    public async Task A_backup_holds_every_row_of_its_tenant_and_none_of_another()
    {
        var (mine, theirs) = (await api.FoundAsync(), await api.FoundAsync());
        var trashed = await mine.Admin.AddCandidateAsync("Trashed Person");
        (await mine.Admin.Delete($"recruiting/candidates/{trashed.Id}", version: 1)).Must(204);
        var kept = await mine.Admin.AddCandidateAsync("Łuczak \"the\" \\ Person\n☃");
        await theirs.Admin.AddCandidateAsync("Somebody Else");

        var backup = await mine.Admin.BackUpAsync();
        var archive = await api.DownloadAsync(mine.Admin, backup.Id);

        var entries = BackupSteps.EntriesOf(archive);
        var candidates = entries.RowsOf("recruiting.candidate");
        Assert.Equal([trashed.Id, kept.Id], candidates.Select(c => c.GetProperty("id").GetGuid()));
        Assert.Equal("Łuczak \"the\" \\ Person\n☃", candidates[1].GetProperty("full_name").GetString());
        Assert.NotEqual(JsonValueKind.Null, candidates[0].GetProperty("deleted_at").ValueKind);
        Assert.DoesNotContain(entries.Values, text => text.Contains("Somebody Else", StringComparison.Ordinal) || text.Contains(theirs.Id.ToString(), StringComparison.Ordinal));
        Assert.Equal(2, backup["rowCounts"].GetProperty("recruiting/candidates").GetInt32());
        Assert.NotEmpty(entries.RowsOf("kernel.change"));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(archive)), backup["sha256"].GetString());
        Assert.Equal(archive.Length, backup["size"].GetInt64());
    }

    [Fact]
    public void Every_table_of_a_tenant_is_in_it_except_what_says_why_not()
    {
        using var db = api.Open(TenantScope.System(Guid.AllBitsSet));
        var left = db.Model.GetEntityTypes().Where(t => t.GetDeclaredQueryFilters().Any(f => f.Key == QueryFilters.Tenant))
            .Select(t => $"{t.GetSchema()}.{t.GetTableName()}").Except(new BackupTables(db, []).All.Select(t => t.Name)).Order(StringComparer.Ordinal);

        // Sessions and accounts belong to no tenant; what else is left out is a secret, tells what has happened, or is about backups themselves.
        Assert.Equal(
            ["kernel.backup", "kernel.backup_log", "kernel.download_link", "kernel.invitation", "kernel.job", "kernel.notification", "kernel.record_share", "kernel.request_key"],
            left.Where(t => !t.StartsWith("kernel.import", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_manifest_says_what_is_in_it_and_where_the_audit_trail_ended()
    {
        var tenant = await api.FoundAsync();
        await tenant.Admin.AddCandidateAsync();
        await Waiting.UntilAsync(() => api.SqlAsync("select count(*) from kernel.change_seal where tenant_id = $1", tenant.Id), seals => seals is > 0L);

        var backup = await tenant.Admin.BackUpAsync();
        var entries = BackupSteps.EntriesOf(await api.DownloadAsync(tenant.Admin, backup.Id));

        var manifest = JsonSerializer.Deserialize<JsonElement>(entries["manifest.json"]);
        Assert.Equal((tenant.Id, tenant.Slug), (manifest.GetProperty("tenant").GetProperty("id").GetGuid(), manifest.GetProperty("tenant").GetProperty("slug").GetString()));
        Assert.True(manifest.GetProperty("chain").GetProperty("number").GetInt64() > 0);
        Assert.Contains("kernel ", backup["schemaVersion"].GetString(), StringComparison.Ordinal);
        Assert.All(manifest.GetProperty("tables").EnumerateArray(), table =>
        {
            var text = entries[table.GetProperty("entry").GetString()!];
            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))), table.GetProperty("sha256").GetString());
            Assert.Equal(text.Count(c => c == '\n'), table.GetProperty("rows").GetInt32());
        });
    }

    [Fact]
    public async Task The_tenants_files_are_in_it_and_exports_and_backups_are_not()
    {
        var tenant = await api.FoundAsync();
        var photo = await KeepAsync(tenant, "a photograph", FilePurpose.Attachment);
        var export = await KeepAsync(tenant, "an export", FilePurpose.Export);

        var first = await tenant.Admin.BackUpAsync();
        var second = await tenant.Admin.BackUpAsync();
        var entries = BackupSteps.EntriesOf(await api.DownloadAsync(tenant.Admin, second.Id));

        Assert.Equal("a photograph", entries["files/" + photo]);
        Assert.DoesNotContain("files/" + export, entries.Keys);
        Assert.DoesNotContain("files/" + first["sha256"].GetString(), entries.Keys);
        Assert.Equal(1, second["fileCount"].GetInt32());
        Assert.Single(entries.RowsOf("kernel.stored_file"));
    }

    [Fact]
    public async Task A_link_works_once_for_a_short_while_and_only_as_long_as_the_person_may()
    {
        var tenant = await api.FoundAsync();
        var second = await tenant.AddAsync("admin");
        var backup = await tenant.Admin.BackUpAsync();
        async Task<string> LinkAsync(Client person) => (await person.Post($"backup/{backup.Id}/link")).Must(200)["url"].GetString()!;

        var (used, late, leavers) = (await LinkAsync(tenant.Admin), await LinkAsync(tenant.Admin), await LinkAsync(second));
        (await api.Anonymous.Get(used)).Must(200);
        (await api.Anonymous.Get(used)).Must(404);
        (await tenant.Admin.Delete($"users/{second.UserId}", version: (await tenant.Admin.Get($"users/{second.UserId}")).Version)).Must(204);
        (await api.Anonymous.Get(leavers)).Must(404);
        tenant.Clock.Advance(TimeSpan.FromMinutes(3));
        (await api.Anonymous.Get(late)).Must(404);

        var log = (await tenant.Admin.Get("backup/log")).Must(200).Items;
        Assert.Single(log, line => line.GetProperty("event").GetString() == "downloaded" && line.GetProperty("actor").GetProperty("id").GetGuid() == tenant.Admin.UserId);
    }

    [Theory]
    [InlineData("recruiting", "manager")]
    [InlineData("recruiting", "viewer")]
    [InlineData("production", "producer")]
    [InlineData("production", "student")]
    public async Task Only_administrators_reach_the_backup_centre(string module, string role)
    {
        var tenant = await api.FoundAsync(module: module);
        var person = await tenant.AddAsync(role);
        var backup = await tenant.Admin.BackUpAsync();

        (await tenant.Admin.Get("/api/backup")).Must(200);
        foreach (var answer in new[]
        {
            await person.Get("backup"), await person.Get("backup/history"), await person.Get("backup/log"), await person.Get($"backup/{backup.Id}"), await person.Post("backup", new { }),
            await person.Post($"backup/{backup.Id}/link"), await person.Post($"backup/{backup.Id}/verify"), await person.Delete($"backup/{backup.Id}"), await person.Put($"backup/{backup.Id}/pin", new { pinned = true }),
        })
        {
            answer.Must(403, "forbidden");
        }
    }

    [Fact]
    public async Task Another_tenants_backup_does_not_exist()
    {
        var (mine, theirs) = (await api.FoundAsync(), await api.FoundAsync());
        var backup = await theirs.Admin.BackUpAsync();

        (await mine.Admin.Get($"backup/{backup.Id}")).Must(404);
        (await mine.Admin.Post($"backup/{backup.Id}/link")).Must(404);
        (await mine.Admin.Post($"backup/{backup.Id}/verify")).Must(404);
        (await mine.Admin.Delete($"backup/{backup.Id}")).Must(404);
        Assert.Empty((await mine.Admin.Get("backup/history")).Must(200).Items);
    }

    [Fact]
    public async Task The_page_is_in_the_matrix_where_a_module_lists_it_and_nowhere_else()
    {
        var (recruiting, production) = (await api.FoundAsync(), await api.FoundAsync(module: "production"));

        Assert.DoesNotContain("backup", (await recruiting.Admin.Get("access/matrix")).Must(200).Text, StringComparison.Ordinal);
        Assert.Contains("backup", (await production.Admin.Get("access/matrix")).Must(200).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verifying_names_the_entry_that_was_altered()
    {
        var tenant = await api.FoundAsync();
        await tenant.Admin.AddCandidateAsync("Honest Person");
        var backup = await tenant.Admin.BackUpAsync();
        var good = (await tenant.Admin.Post($"backup/{backup.Id}/verify")).Must(200);
        var file = api.FileOf(tenant.Id, backup["sha256"].GetString()!);
        var original = await File.ReadAllBytesAsync(file);

        BackupSteps.Rewrite(file, "data/recruiting.candidate.jsonl", text => text.Replace("Honest", "Crooked", StringComparison.Ordinal));
        var altered = (await tenant.Admin.Post($"backup/{backup.Id}/verify")).Must(200);
        await File.WriteAllBytesAsync(file, original);
        BackupSteps.Rewrite(file, "manifest.json", text => text.Replace(tenant.Slug, "somebody", StringComparison.Ordinal));
        var forged = (await tenant.Admin.Post($"backup/{backup.Id}/verify")).Must(200);
        await File.WriteAllBytesAsync(file, original[..(original.Length / 2)]);
        var truncated = (await tenant.Admin.Post($"backup/{backup.Id}/verify")).Must(200);
        File.Delete(file);
        var missing = (await tenant.Admin.Post($"backup/{backup.Id}/verify")).Must(200);

        Assert.True(good["intact"].GetBoolean() && good["checkedRows"].GetInt32() > 0 && good["checkedFiles"].GetInt32() > 3, good.Text);
        Assert.Contains("data/recruiting.candidate.jsonl", altered["problems"][0].GetString(), StringComparison.Ordinal);
        Assert.Contains("manifest.json", forged["problems"][0].GetString(), StringComparison.Ordinal);
        Assert.All([altered, forged, truncated, missing], report => Assert.False(report["intact"].GetBoolean(), report.Text));
    }

    [Fact]
    public async Task The_history_shows_how_backups_stand_and_the_log_every_step()
    {
        var tenant = await api.FoundAsync();
        var backup = await tenant.Admin.BackUpAsync();

        var overview = (await tenant.Admin.Get("backup")).Must(200);
        var events = (await tenant.Admin.Get("backup/log")).Must(200).Items.Select(line => line.GetProperty("event").GetString()).Reverse();

        Assert.Equal(backup.Id, overview["lastGood"].GetProperty("id").GetGuid());
        Assert.Equal(backup["size"].GetInt64(), overview["totalSize"].GetInt64());
        Assert.Equal(("02:00", true, 30), (overview["scheduledAt"].GetString(), overview["enabled"].GetBoolean(), overview["retentionDays"].GetInt32()));
        Assert.Equal(["requested", "started", "succeeded"], events);
        Assert.Single((await tenant.Admin.Get("backup/history?kind=manual&status=succeeded")).Must(200).Items);
        (await tenant.Admin.Get("backup/history?kind=nonsense")).Must(400, "validation_failed");
        (await tenant.Admin.Post("backup", new { nouns = new[] { "recruiting/unicorns" } })).Must(400, "validation_failed");
    }

    [Fact]
    public async Task Pinned_backups_and_the_newest_good_one_are_not_deleted()
    {
        var tenant = await api.FoundAsync();
        var (first, last) = (await tenant.Admin.BackUpAsync(), await tenant.Admin.BackUpAsync());

        (await tenant.Admin.Put($"backup/{first.Id}/pin", new { pinned = true })).Must(200);
        (await tenant.Admin.Delete($"backup/{first.Id}")).Must(409, "backup_pinned");
        (await tenant.Admin.Delete($"backup/{last.Id}")).Must(409, "last_good_backup");
        (await tenant.Admin.Put($"backup/{first.Id}/pin", new { pinned = false })).Must(200);
        (await tenant.Admin.Delete($"backup/{first.Id}")).Must(204);

        Assert.Equal("expired", (await tenant.Admin.Get($"backup/{first.Id}"))["status"].GetString());
        Assert.False(File.Exists(api.FileOf(tenant.Id, first["sha256"].GetString()!)));
        (await tenant.Admin.Post($"backup/{first.Id}/link")).Must(409, "backup_not_good");
    }

    private async Task<string> KeepAsync(TestTenant tenant, string text, FilePurpose purpose)
    {
        var store = (FileStore)api.Services.GetService(typeof(FileStore))!;
        await using var draft = store.Create(tenant.Id);
        await draft.WriteAsync(Encoding.UTF8.GetBytes(text));
        var content = await draft.CompleteAsync("note.txt", CancellationToken.None);
        await using var db = api.Open(TenantScope.System(tenant.Id));
        store.Keep(db, content, purpose, "note.txt");
        await db.SaveChangesAsync();
        return content.Sha256;
    }
}
