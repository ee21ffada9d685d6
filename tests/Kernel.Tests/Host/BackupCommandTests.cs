using Tessera.Kernel.Tests.Backup;
using Tessera.Testing;

namespace Tessera.Kernel.Tests.Host;

/// <summary><c>backup</c>, <c>verify</c> and <c>restore</c> as an operator runs them, beside the running host.</summary>
public sealed class BackupCommandTests(HostProcess host) : IClassFixture<HostProcess>
{
    [Fact]
    public async Task An_operator_backs_up_verifies_looks_and_restores()
    {
        var (_, slug, admin) = await host.FoundAsync();
        var candidate = await admin.AddCandidateAsync("Lost Person");

        var backedUp = await host.RunAsync("backup", slug, "--format", "csv", "json");
        var file = backedUp.Text.Split('\n')[0].Trim();
        Assert.True(backedUp.Code == 0 && File.Exists(file), backedUp.Text);
        var entries = BackupSteps.EntriesOf(await File.ReadAllBytesAsync(file));
        Assert.Contains("Lost Person", entries["readable/recruiting-candidates.csv"], StringComparison.Ordinal);
        Assert.Contains("readable/users.json", entries.Keys);
        var verified = await host.RunAsync("verify", file);
        Assert.True(verified.Code == 0 && verified.Text.StartsWith("Intact: ", StringComparison.Ordinal), verified.Text);

        await host.SqlAsync("delete from recruiting.candidate where id = $1", candidate.Id);
        var looked = await host.RunAsync("restore", slug, file, "--dry-run");
        Assert.True(looked.Code == 0 && looked.Text.StartsWith("1 would be added, 0 changed", StringComparison.Ordinal), looked.Text);
        (await admin.Get($"recruiting/candidates/{candidate.Id}")).Must(404);
        var restored = await host.RunAsync("restore", slug, file, "--noun", "recruiting/candidates");
        Assert.True(restored.Code == 0 && restored.Text.StartsWith("Restored: 1 added", StringComparison.Ordinal), restored.Text);
        Assert.Equal("Lost Person", (await admin.Get($"recruiting/candidates/{candidate.Id}")).Must(200)["fullName"].GetString());
        Assert.Contains((await admin.Get("backup/log")).Must(200).Items, line => line.GetProperty("event").GetString() == "restored" && line.GetProperty("actor").GetProperty("name").GetString() == "Operator");
    }

    [Fact]
    public async Task What_cannot_be_is_said_in_a_sentence_and_changes_nothing()
    {
        var (tenant, slug, admin) = await host.FoundAsync();
        var (_, other, _) = await host.FoundAsync();
        await admin.AddCandidateAsync("Honest Person");
        var file = (await host.RunAsync("backup", slug)).Text.Split('\n')[0].Trim();
        await host.SqlAsync("delete from recruiting.candidate where tenant_id = $1", tenant);
        var (forged, altered, truncated) = (Copy(file, "forged"), Copy(file, "altered"), Copy(file, "truncated"));
        BackupSteps.Rewrite(forged, "manifest.json", text => text.Replace(slug, "somebody", StringComparison.Ordinal));
        BackupSteps.Rewrite(altered, "data/recruiting.candidate.jsonl", text => text.Replace("Honest", "Crooked", StringComparison.Ordinal));
        await File.WriteAllBytesAsync(truncated, (await File.ReadAllBytesAsync(file))[..400]);

        foreach (var (arguments, sentence) in new (string[], string)[]
        {
            (["backup", "nobody"], "There is no workspace 'nobody'."),
            (["backup", slug, "--format", "docx"], "docx"),
            (["restore", "nobody", file], "There is no workspace 'nobody'."),
            (["restore", other, file], "This backup is of another workspace."),
            (["restore", slug, file + ".gone"], "There is no such file."),
            (["restore", slug, file, "--noun", "recruiting/unicorns"], "unicorns"),
            (["restore", slug, forged], "manifest.json was altered"),
            (["restore", slug, altered], "data/recruiting.candidate.jsonl is not what it was."),
            (["restore", slug, truncated], "truncated or no archive"),
            (["verify", forged], "manifest.json was altered"),
            (["verify", altered], "data/recruiting.candidate.jsonl is not what it was."),
            (["verify", truncated], "This backup is damaged."),
        })
        {
            var (code, text) = await host.RunAsync(arguments);
            Assert.True(code == 1 && text.Contains(sentence, StringComparison.Ordinal) && !text.Contains("   at ", StringComparison.Ordinal), $"{string.Join(' ', arguments)}: {code} {text}");
        }

        Assert.Equal(0L, await host.SqlAsync("select count(*) from recruiting.candidate where tenant_id = $1", tenant));
        Assert.Equal(0L, await host.SqlAsync("select count(*) from kernel.change where tenant_id = $1 and action = 'restore_candidate'", tenant));
    }

    private static string Copy(string file, string name)
    {
        var copy = Path.Combine(Path.GetDirectoryName(file)!, name + ".zip");
        File.Copy(file, copy);
        return copy;
    }
}
