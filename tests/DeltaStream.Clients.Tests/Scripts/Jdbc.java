import java.sql.*;
import java.util.Properties;
import java.util.concurrent.Callable;

/** PostgreSQL's JDBC driver. The address is in PGHOST and the other variables of libpq. */
class Jdbc {
    static String env(String name) { return System.getenv(name); }

    static void step(String name, Callable<Object> run) throws Exception {
        try {
            System.out.println(name + " " + run.call());
        } catch (SQLException error) {
            System.out.println(name + " " + (error.getSQLState() != null ? error.getSQLState() : error.getMessage()));
        }
    }

    static Object first(ResultSet rows) throws SQLException { return rows.next() ? rows.getObject(1) : null; }

    static Object cancel(Connection connection) throws Exception {
        Statement statement = connection.createStatement();
        Thread untilDone = new Thread(() -> {
            try {
                while (true) {
                    Thread.sleep(200);
                    statement.cancel();
                }
            } catch (InterruptedException done) {
            } catch (SQLException error) {
                System.err.println(error);
            }
        });
        untilDone.start();
        try {
            return first(statement.executeQuery(env("ENDLESS")));
        } finally {
            untilDone.interrupt();
        }
    }

    public static void main(String[] arguments) throws Exception {
        String url = "jdbc:postgresql://" + env("PGHOST") + ":" + env("PGPORT") + "/" + env("PGDATABASE");
        try (Connection connection = DriverManager.getConnection(url, env("PGUSER"), env("PGPASSWORD"))) {
            step("connect", () -> first(connection.createStatement().executeQuery("SELECT 1")));
            step("create", () -> {
                connection.createStatement().executeUpdate(env("CREATE"));
                return "done";
            });
            step("select", () -> {
                PreparedStatement select = connection.prepareStatement(
                    "SELECT name FROM deltastream.sys.\"stores\" WHERE name = ? LIMIT ?");
                select.setString(1, env("NAME"));
                select.setInt(2, 1);
                return first(select.executeQuery());
            });
            step("count", () -> first(connection.createStatement().executeQuery(env("COUNT"))));
            step("cancel", () -> cancel(connection));
            step("error", () -> connection.createStatement().executeUpdate(env("MISSING")));
        }
    }
}
