export namespace bridge {
	
	export interface Pick {
	    index: number;
	    name: string;
	    color: string;
	    group: string;
	    labels: Record<string, string>;
	}
	export interface AddRequest {
	    ticket: string;
	    picks: Pick[];
	}
	export interface Layout {
	    columns: string[];
	    sort: string;
	    desc: boolean;
	    groupBy: string;
	}
	export interface LogInRequest {
	    ticket: string;
	    primary: Pick;
	    others: Pick[];
	    offline: boolean;
	}
	export interface MemberEdit {
	    id: string;
	    name?: string;
	    color?: string;
	    group?: string;
	    labels?: Record<string, string>;
	    distribution?: string;
	}
	
	export interface Settings {
	    theme: string;
	    density: string;
	    logLevel: string;
	}

}

